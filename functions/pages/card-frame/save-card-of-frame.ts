import * as z from 'zod/mini';
import { pageOperation } from '#faces/pages/operation.ts';
import { languageOf, type PageReply } from '#faces/pages/page-reply.ts';
import type { Fields } from '#faces/pages/views/card-form.ts';
import { readFrameCard } from '#faces/pages/views/frame-form.ts';
import { languageFor } from '#faces/pages/views/language.ts';
import { envelope, errorEnvelope } from '#faces/paylands/envelope.ts';
import { refusalOf } from '#faces/paylands/errors.ts';
import { freeText, optional, text, webUrl } from '#faces/paylands/fields.ts';
import { sourceAnswer } from '#faces/paylands/shapes.ts';
import { refusedDetails, sourceView } from '#faces/paylands/views.ts';
import { type CardDraft, saveCard } from '#ledger/cards/card-commands.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { merchantOfToken } from '#ledger/core/ids.ts';
import { type Merchant, nowOf } from '#ledger/core/merchant.ts';
import { customerOfToken } from '#ledger/customers/customer-commands.ts';
import { REQUEST_SECONDS } from '#operation/declare/declaration.ts';
import { execute } from '#operation/execution/execute.ts';
import type { Exchange, HttpReply } from '#operation/http/exchange.ts';
import { runtime } from '#operation/runtime/runtime.ts';

const body = z.object({
  token: text(128),
  card_pan: text(64),
  card_expiry_month: text(2),
  card_expiry_year: text(4),
  card_cvv: text(4),
  additional: optional(freeText(4096)),
  validate: optional(z.string()),
  service: optional(text(64)),
  url_post: optional(webUrl),
});

const receiver = optional(webUrl);

/**
 * Contract G: what the card frame submits; the customer's token authenticates. `url_post` is told
 * what came of a validation.
 */
const operation = pageOperation({
  name: 'saveCardOfFrame',
  summary: 'Save the card that was typed into the card frame',
  route: 'POST /cards/save/frame',
  timeoutSeconds: REQUEST_SECONDS,
  grants: {
    ledger: ['read', 'put'],
    access: 'read',
    key: true,
    sends: ['notifications'],
    acquirer: true,
  },
  body,
  response: sourceAnswer,
  errors: ['frame_field_not_valid', 'card_validation_refused', 'customer_token_not_valid'],
  async respond(exchange) {
    const fields = exchange.body as Fields;
    const token = fields.token ?? '';
    const merchant = await merchantOf(exchange, token);
    if (merchant === null) return refused(401, 'Token is not valid');
    exchange.caller = { merchant };
    const { words } = languageFor(fields.lang, languageOf(exchange.event).code);
    const notifyUrl = z.safeParse(receiver, fields.url_post || undefined);
    if (!notifyUrl.success) return refused(400, 'url_post must be an http or https address');
    const card = readFrameCard(fields, words, nowOf(merchant, runtime().realNowMs()));
    if ('errors' in card) return refused(400, 'A field is not valid', card.errors);
    const reply = await execute(runtime(), exchange, {
      handle: (context) => keep(context, token, { ...card, notifyUrl: notifyUrl.data ?? null }),
      refuse(error) {
        const { status, details } = refusalOf(error);
        return { status, body: errorEnvelope(status, details, style()) };
      },
    });
    return { script: reply };
  },
});

async function merchantOf({ environment }: Exchange, token: string): Promise<Merchant | null> {
  const merchant = merchantOfToken(token);
  return merchant === null ? null : runtime().access.findMerchant({ merchant, environment });
}

async function keep(
  context: LedgerContext,
  token: string,
  card: Omit<CardDraft, 'customer'>,
): Promise<HttpReply> {
  const customer = await customerOfToken(context, token);
  const { card: kept, refusal } = await saveCard(context, { ...card, customer });
  const nowMs = nowOf(context.merchant, context.realNowMs());
  if (refusal === null) {
    return { status: 200, body: envelope(sourceView(kept), { ...style(), nowMs }) };
  }
  return { status: 400, body: errorEnvelope(400, refusedDetails(refusal, kept), style()) };
}

function refused(status: number, details: string, errors?: Record<string, string>): PageReply {
  const problem = JSON.parse(errorEnvelope(status, details, style()));
  return { script: { status, body: JSON.stringify({ ...problem, errors }) } };
}

function style() {
  return { escapeSlashes: runtime().settings.ESCAPE_SLASHES };
}

export default operation;
export const { handler } = operation;
