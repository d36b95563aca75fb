import * as z from 'zod/mini';
import { freeText, optional, uuid } from '#faces/paylands/fields.ts';
import type { Answer, Given } from '#faces/paylands/operation.ts';
import { instantIn } from '#faces/paylands/time.ts';
import {
  type CampaignChannel,
  MAX_PAYMENTS,
  type PaymentDraft,
} from '#ledger/campaigns/campaign.ts';
import { createCampaign } from '#ledger/campaigns/create-campaign.ts';
import { nowMs } from '#ledger/core/context.ts';
import { countryOf } from '#ledger/core/merchant.ts';
import { RequestError } from '#operation/http/errors.ts';
import { notValid, problemsOf } from './payment-rows.ts';
import { campaignView, paymentView } from './views.ts';

export const CHANNELS: Readonly<Record<string, CampaignChannel>> = {
  PHONE: 'phone',
  MAIL: 'mail',
  CUSTOM_DELIVERY: 'custom',
};

/** As the vendor's SDK of 2020 names them (contract D.7). */
const FORMER_TYPES = new Map<unknown, string>([
  ['SMS', 'PHONE'],
  ['MANUAL', 'CUSTOM_DELIVERY'],
]);

const DAY_WORDS = 'must be a day to come as YYYY-MM-DD';

/** What a request says of a campaign besides its payments (contract C.9). */
export const campaignFields = {
  description: freeText(1000),
  expires_at: z
    .string(DAY_WORDS)
    .check(z.regex(/^\d{4}-\d{2}-\d{2}$/, DAY_WORDS), z.refine(isDate, DAY_WORDS)),
  service_uuid: uuid,
  subject: optional(freeText(255)),
  type: z.pipe(
    z.transform((value: unknown) => FORMER_TYPES.get(value) ?? value),
    z.enum(['PHONE', 'MAIL', 'CUSTOM_DELIVERY']),
  ),
};

function isDate(date: string): boolean {
  return !Number.isNaN(instantIn('UTC', date));
}

type CampaignBody = z.output<z.ZodMiniObject<typeof campaignFields>>;

/** An SMS shows so much of its sender's name. */
const MAX_SENDER_CHARACTERS = 11;

/** Checks that the subject of a campaign by SMS can be its sender. */
export function senderFits(context: z.core.ParsePayload<CampaignBody>): void {
  const { type, subject = '' } = context.value;
  if (type !== 'PHONE' || subject.length <= MAX_SENDER_CHARACTERS) return;
  const params = { reason: `an SMS takes ${MAX_SENDER_CHARACTERS} characters of it` };
  context.issues.push({ code: 'custom', input: context.value, path: ['subject'], params });
}

/**
 * Creates a campaign of payments, all of them or none.
 * @throws RequestError 400 that names what is not valid
 */
export async function createMotoCampaign(
  { context, baseUrl }: Pick<Given, 'context' | 'baseUrl'>,
  body: CampaignBody,
  field: 'file' | 'payments',
  payments: readonly PaymentDraft[],
  filename: string | null,
): Promise<Answer> {
  const channel = CHANNELS[body.type] ?? 'custom';
  const expiresAtMs = instantIn(context.merchant.timeZone, body.expires_at);
  if (expiresAtMs <= nowMs(context)) {
    throw new RequestError(400, `Field expires_at is not valid: it ${DAY_WORDS}`);
  }
  if (payments.length > MAX_PAYMENTS) {
    throw notValid(field, [`a campaign has at most ${MAX_PAYMENTS} payments`]);
  }
  if (payments.length === 0) throw notValid(field, ['it has no rows']);
  const cards = payments.flatMap(({ sourceCard }) => sourceCard ?? []);
  const owners = await context.store.cardOwners(context.merchant, cards);
  const problems = await problemsOf(payments, channel, owners, countryOf(context.merchant));
  if (problems.length > 0) throw notValid(field, problems);
  const draft = {
    description: body.description,
    service: body.service_uuid,
    channel,
    subject: body.subject ?? null,
    filename,
    expiresAt: new Date(expiresAtMs).toISOString(),
    baseUrl,
  };
  const made = await createCampaign(context, draft, payments);
  return {
    answer: 'payload',
    payload: {
      detail: campaignView(made.campaign, context.merchant),
      payments: made.payments.map(paymentView),
    },
  };
}
