import * as z from 'zod/mini';
import {
  externalId,
  flag,
  freeText,
  nameText,
  optional,
  positiveAmount,
  uuid,
  webUrl,
} from '#faces/paylands/fields.ts';
import { FileError } from '#faces/paylands/files/decode.ts';
import type { CsvFile } from '#faces/paylands/files/file-field.ts';
import { checkedRow } from '#faces/paylands/files/row-errors.ts';
import { type Column, rowsOf } from '#faces/paylands/files/table.ts';
import {
  type CampaignChannel,
  MAX_PAYMENTS,
  type PaymentDraft,
} from '#ledger/campaigns/campaign.ts';
import { destinationOf } from '#messages/destination.ts';
import { RequestError } from '#operation/http/errors.ts';

const fields = {
  amount: positiveAmount,
  operative: z.enum(['AUTHORIZATION', 'DEFERRED']),
  destination: nameText(254),
  secure: flag,
  customer_ext_id: optional(externalId),
  source_uuid: optional(uuid),
  additional: optional(freeText(4096)),
  url_post: optional(webUrl),
  url_ok: optional(webUrl),
  url_ko: optional(webUrl),
  card_template: optional(uuid),
  moto_template: optional(uuid),
  dcc_template: optional(uuid),
};

const paymentFields = z.object(fields);

type Name = keyof typeof fields;

/** What answers call some columns (contract C.9), without regard to case. */
const ANSWER_NAMES: Readonly<Record<string, Name>> = {
  externalid: 'customer_ext_id',
  urlpost: 'url_post',
  urlok: 'url_ok',
  urlko: 'url_ko',
  cardtemplate: 'card_template',
  mototemplate: 'moto_template',
  dcctemplate: 'dcc_template',
};

/**
 * A payment of a campaign in JSON. No document names its fields: they are the columns of the file
 * in either case, or what answers call them (contract C.9, F.1).
 */
export const namedPayment = z.pipe(
  z.transform((value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    const named = Object.entries(value).map(([name, one]) => {
      const column = name.toLowerCase();
      return [ANSWER_NAMES[column] ?? column, one] as const;
    });
    return Object.fromEntries(named);
  }),
  paymentFields,
);

/** The columns of a file of payments (contract F.1). */
export const PAYMENT_COLUMNS: Record<Name, Column> = {
  amount: { names: ['AMOUNT'], required: true },
  operative: { names: ['OPERATIVE'], required: true },
  destination: { names: ['DESTINATION'], required: true },
  secure: { names: ['SECURE'], required: true },
  customer_ext_id: { names: ['CUSTOMER_EXT_ID'], required: false },
  source_uuid: { names: ['SOURCE_UUID'], required: false },
  additional: { names: ['ADDITIONAL'], required: false },
  url_post: { names: ['URL_POST'], required: false },
  url_ok: { names: ['URL_OK'], required: false },
  url_ko: { names: ['URL_KO'], required: false },
  card_template: { names: ['CARD_TEMPLATE'], required: false },
  moto_template: { names: ['MOTO_TEMPLATE'], required: false },
  dcc_template: { names: ['DCC_TEMPLATE'], required: false },
};

/** A payment as the ledger takes it. */
export function paymentDraft(row: z.output<typeof paymentFields>, line: number): PaymentDraft {
  return {
    line,
    amount: row.amount,
    intent: row.operative === 'DEFERRED' ? 'hold' : 'sale',
    secure: row.secure,
    destination: row.destination,
    customer: row.customer_ext_id ?? null,
    sourceCard: row.source_uuid ?? null,
    additional: row.additional ?? null,
    notifyUrl: row.url_post ?? null,
    successUrl: row.url_ok ?? null,
    failureUrl: row.url_ko ?? null,
    cardTemplate: row.card_template ?? null,
    messageTemplate: row.moto_template ?? null,
    dccTemplate: row.dcc_template ?? null,
  };
}

/** An answer names at most so many lines. */
const MAX_PROBLEMS = 50;

/**
 * The payments of a file.
 * @throws RequestError 400 that names the lines that are not valid
 */
export async function paymentsOf({ text: csv, header }: CsvFile<Name>): Promise<PaymentDraft[]> {
  const drafts: PaymentDraft[] = [];
  const problems: string[] = [];
  try {
    for await (const cells of rowsOf(csv, header)) {
      const row = checkedRow(cells, paymentFields, paymentDraft);
      if ('problem' in row) problems.push(`line ${row.line}: ${row.problem}`);
      else drafts.push(row);
      if (drafts.length > MAX_PAYMENTS) break;
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    problems.push(error.message);
  }
  if (problems.length === 0) return drafts;
  throw notValid('file', problems);
}

/**
 * What is wrong with the payments of a campaign beyond their form, each by its line. A telephone
 * number without a prefix is one of the merchant's country.
 */
export async function problemsOf(
  payments: readonly PaymentDraft[],
  channel: CampaignChannel,
  owners: ReadonlyMap<string, string>,
  country: string,
): Promise<string[]> {
  const problems: string[] = [];
  for (const payment of payments) {
    const canBeReached = await isReachable(payment.destination, channel, country);
    const wrong = [
      ...(canBeReached ? [] : ['Invalid destination']),
      ...(isOwnCard(payment, owners) ? [] : ['Invalid source_uuid']),
    ];
    if (wrong.length > 0) problems.push(`line ${payment.line}: ${wrong.join(', ')}`);
  }
  return problems;
}

export function notValid(field: string, problems: readonly string[]): RequestError {
  const more = problems.length > MAX_PROBLEMS ? ` and ${problems.length - MAX_PROBLEMS} more` : '';
  const named = problems.slice(0, MAX_PROBLEMS).join('; ');
  return new RequestError(400, `Field ${field} is not valid: ${named}${more}`);
}

async function isReachable(
  destination: string,
  channel: CampaignChannel,
  country: string,
): Promise<boolean> {
  if (channel === 'custom') return true;
  const found = await destinationOf(destination, country);
  return found?.channel === (channel === 'mail' ? 'mail' : 'sms');
}

/** A card must be the customer's when the row says who that is. */
function isOwnCard(payment: PaymentDraft, owners: ReadonlyMap<string, string>): boolean {
  if (payment.sourceCard === null) return true;
  const owner = owners.get(payment.sourceCard);
  return owner !== undefined && (payment.customer ?? owner) === owner;
}
