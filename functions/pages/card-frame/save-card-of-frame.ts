import * as z from 'zod/mini';
import { parseForm } from '#faces/pages/form.ts';
import { lambdaOfPage, languageOf, type PageReply } from '#faces/pages/respond.ts';
import { type FrameCard, readFrameCard } from '#faces/pages/views/frame-form.ts';
import { languageFor } from '#faces/pages/views/language.ts';
import { envelope, errorEnvelope } from '#faces/paylands/envelope.ts';
import { refusalOf } from '#faces/paylands/errors.ts';
import { optional, text } from '#faces/paylands/fields.ts';
import { sourceAnswer } from '#faces/paylands/shapes.ts';
import { sourceView } from '#faces/paylands/views.ts';
import { saveCard } from '#ledger/cards/card-commands.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { merchantOfToken } from '#ledger/core/ids.ts';
import { nowOf } from '#ledger/core/merchant.ts';
import { customerOfToken } from '#ledger/customers/customer-commands.ts';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import { execute } from '#operation/execution/execute.ts';
import type { Exchange, HttpReply } from '#operation/http/exchange.ts';
import { runtime } from '#operation/runtime/runtime.ts';

const body = z.object({
  token: text(128),
  card_pan: text(64),
  card_expiry_month: text(2),
  card_expiry_year: text(4),
  card_cvv: text(4),
  additional: optional(text(4096)),
  validate: optional(z.string()),
  service: optional(text(64)),
});

/** Contract G: what the card frame submits; the customer's token authenticates. */
const declaration: OperationDeclaration = {
  kind: 'operation',
  face: 'paylands',
  page: true,
  name: 'saveCardOfFrame',
  summary: 'Save the card that was typed into the card frame',
  tag: 'Hosted pages',
  routes: ['POST /cards/save/frame'],
  profiles: [],
  signed: false,
  timeoutSeconds: 20,
  grants: { ledger: 'write', access: 'read', key: true },
  body,
  response: sourceAnswer,
  errors: { 400: 'A field is not valid, named in `errors`', 401: 'The token is not valid' },
};

async function respond(exchange: Exchange): Promise<PageReply> {
  const fields = parseForm(exchange.event);
  const token = fields.token ?? '';
  const named = merchantOfToken(token);
  const tenant = { merchant: named ?? '', environment: exchange.environment };
  const merchant = named === null ? null : await runtime().access.findMerchant(tenant);
  if (merchant === null) return refused(401, 'Token is not valid');
  exchange.caller = { merchant };
  exchange.body = fields;
  const { words } = languageFor(fields.lang, languageOf(exchange.event).code);
  const card = readFrameCard(fields, words, nowOf(merchant, runtime().realNowMs()));
  if ('errors' in card) return refused(400, 'A field is not valid', card.errors);
  const reply = await execute(runtime(), exchange, {
    handle: (context) => keep(context, token, card),
    refuse(error) {
      const { status, details } = refusalOf(error);
      return { status, body: errorEnvelope(status, details, style()) };
    },
  });
  return { json: reply };
}

async function keep(context: LedgerContext, token: string, card: FrameCard): Promise<HttpReply> {
  const customer = await customerOfToken(context, token);
  const { card: kept, refusal } = await saveCard(context, { ...card, customer });
  const nowMs = nowOf(context.merchant, context.realNowMs());
  if (refusal === null) {
    return { status: 200, body: envelope(sourceView(kept), { ...style(), nowMs }) };
  }
  return { status: 400, body: errorEnvelope(400, `Card validation refused: ${refusal}`, style()) };
}

function refused(status: number, details: string, errors?: Record<string, string>): PageReply {
  const problem = JSON.parse(errorEnvelope(status, details, style()));
  return { json: { status, body: JSON.stringify({ ...problem, errors }) } };
}

function style() {
  return { escapeSlashes: runtime().settings.ESCAPE_SLASHES };
}

const operation = { declaration, handler: lambdaOfPage(declaration, respond) };

export default operation;
export const { handler } = operation;
