import type { OrderBody, Till } from './till.ts';

/** Of a bank abroad; all others are Spanish. */
const FOREIGN_PAN = '4018810000100036';

/** Card numbers that a run uses: approved, refused, asking for authentication, approved in part. */
export const PANS = [
  '4548812049400004',
  '4111111111111111',
  '5590337536718399',
  '4761739000091011',
  '5223798193659108',
  '4000058400000071',
  '5485009949201879',
  FOREIGN_PAN,
] as const;

/** One that all services take, and one that only some do, which is found wherever it turns up. */
export const RARE_CVV = '471';
export const CVVS = ['123', RARE_CVV] as const;

/** What a till wants of an order. */
export interface Draft {
  customer: string;
  operative: 'AUTHORIZATION' | 'DEFERRED' | 'PAYOUT';
  secure?: boolean;
  /** What was sold, as HighLevel says it. */
  highlevel?: object;
}

/** Creates an order; null when it was refused, or nobody knows. */
export async function newOrder(till: Till, draft: Draft): Promise<OrderBody | null> {
  const marker = markerOf(till);
  const answer = await till.paylands(
    '/payment',
    orderData(till, draft, marker),
    `create ${marker}`,
  );
  return answer?.order ?? null;
}

/** `marker` tells which request an order came from. */
export function orderData({ random, shop }: Till, draft: Draft, marker: string): object {
  const { customer, operative, secure = false, highlevel } = draft;
  return {
    amount: random.int(10, 30_000),
    operative,
    secure,
    description: 'Simulated',
    customer_ext_id: customer,
    service: random.pick(shop.services),
    additional: marker,
    ...(random.chance(0.8) ? { url_post: 'https://shop.example/told' } : {}),
    // Few references, so that orders meet in them.
    ...(random.chance(0.3) ? { reference: `reference-${random.int(1, 3)}` } : {}),
    extra_data: {
      profile: { phone: { prefix: '34', number: '700000000' } },
      ...(highlevel === undefined ? {} : { highlevel }),
    },
  };
}

/** Stores a card of a customer. */
export async function saveCard(till: Till, customer: string): Promise<string | null> {
  const body = { ...cardData(till), customer_ext_id: customer };
  const answer = await till.paylands('/payment-method/card', body);
  return answer?.Source.uuid ?? null;
}

export function cardData({ random }: Till): object {
  return {
    card_holder: 'Jane Doe',
    card_pan: random.pick(PANS),
    card_expiry_month: '12',
    card_expiry_year: '34',
    ...(random.chance(0.5) ? { card_cvv: random.pick(CVVS) } : {}),
  };
}

/** One of few, so that tills meet in them. */
export function customerOf({ random }: Till): string {
  return `customer-${random.int(1, 4)}`;
}

/** Tells what came of a request, wherever it turns up. Of letters, which no one takes for a card. */
export function markerOf({ random }: Till): string {
  return `m${lettersOf(random.bytes(6))}`;
}

/** Bytes as letters: many random digits are a card number at times, which is refused or masked. */
export function lettersOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '');
}
