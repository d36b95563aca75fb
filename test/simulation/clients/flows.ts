import { objectIdFromUuid } from '#ledger/core/ids.ts';
import type { OrderBody, Till } from './till.ts';

/** Card numbers that a run uses: approved, refused, asking for authentication, approved in part. */
export const PANS = [
  '4548812049400004',
  '4111111111111111',
  '5590337536718399',
  '4761739000091011',
  '5223798193659108',
  '4000058400000071',
  '5485009949201879',
] as const;

const CVV = '123';

type Flow = (till: Till) => Promise<void>;

/** Ways to do business, as often as they stand here. */
const FLOWS: readonly Flow[] = [
  sell,
  sell,
  sell,
  sell,
  sellInOneStep,
  sellInOneStep,
  sellOnAPage,
  sellOnAPage,
  sellByBizum,
  sellByHand,
  payOut,
];

/** Does one piece of business. */
export function doBusiness(till: Till): Promise<void> {
  return till.random.pick(FLOWS)(till);
}

/** Creates an order, has it paid, and goes on with the money as shops do. */
async function sell(till: Till): Promise<void> {
  const customer = customerOf(till);
  const isHold = till.random.chance(0.3);
  const operative = isHold ? 'DEFERRED' : 'AUTHORIZATION';
  const order = await newOrder(till, { customer, operative });
  const card = await saveCard(till, customer);
  if (order === null || card === null) return;
  const pay = () => payOrder(till, order, card);
  // Two tills that do not know of each other.
  if (till.random.chance(0.2)) await Promise.all([pay(), pay()]);
  else await pay();
  if (isHold) await settleHold(till, order);
  await sendBack(till, order);
}

async function payOrder(till: Till, { uuid }: OrderBody, card: string): Promise<void> {
  const { random } = till;
  const ask = `pay ${uuid}`;
  const base = { order_uuid: uuid };
  switch (random.pick(['direct', 'direct', 'direct', 'moto', 'card', 'wallet', 'push'])) {
    case 'moto':
      await till.paylands('/payment/moto', { ...base, method: 'PHONE', source_uuid: card }, ask);
      break;
    case 'card':
      await till.paylands('/payment/moto', { ...base, method: 'MAIL', ...cardData(till) }, ask);
      break;
    case 'wallet': {
      const payload = { sandbox: random.pick(['OK', 'OK', 'REFUSED', 'SCA']) };
      await till.paylands('/payment/wallet', { ...base, wallet: 'GOOGLEPAY', payload }, ask);
      break;
    }
    case 'push':
      await till.paylands('/payment/push', base, ask);
      break;
    default:
      await till.paylands('/payment/direct', { ...base, card_uuid: card }, ask);
  }
}

async function settleHold(till: Till, { uuid, amount }: OrderBody): Promise<void> {
  const { random } = till;
  const capture = async () => {
    const part = random.chance(0.5) ? amount : random.int(1, amount);
    const body = { order_uuid: uuid, amount: part };
    await till.paylands('/payment/confirmation', body, `capture ${uuid}`);
  };
  const release = async () => {
    await till.paylands('/payment/cancellation', { order_uuid: uuid }, `void ${uuid}`);
  };
  if (random.chance(0.2)) await Promise.all([capture(), release()]);
  else await random.pick([capture, release])();
}

/** Returns parts of what was paid, one after another or all at once. */
async function sendBack(till: Till, { uuid, amount: total }: OrderBody): Promise<void> {
  const { random } = till;
  if (random.chance(0.3)) return;
  const parts = Array.from({ length: random.int(1, 4) }, () => random.int(1, Math.ceil(total / 2)));
  const refunds = [...new Set(parts)].map((amount) => async () => {
    await till.paylands(
      '/payment/refund',
      { order_uuid: uuid, amount },
      `refund ${uuid} ${amount}`,
    );
  });
  if (random.chance(0.5)) await Promise.all(refunds.map((refund) => refund()));
  else for (const refund of refunds) await refund();
}

async function sellInOneStep(till: Till): Promise<void> {
  const marker = till.random.bytes(6).toString('hex');
  const draft = { customer: customerOf(till), operative: 'AUTHORIZATION' } as const;
  const body = { ...orderData(till, draft, marker), ...cardData(till) };
  const answer = await till.paylands('/charge', body, `charge ${marker}`);
  if (answer?.order !== undefined) await sendBack(till, answer.order);
}

/** A buyer types a card into the card page, is authenticated at times, and may lose patience. */
async function sellOnAPage(till: Till): Promise<void> {
  const { random } = till;
  const secure = random.chance(0.5);
  const draft = { customer: customerOf(till), operative: 'AUTHORIZATION', secure } as const;
  const order = await newOrder(till, draft);
  if (order === null) return;
  const ask = `pay ${order.uuid}`;
  const path = `/v1/sandbox/payment/process/${order.token}`;
  const attempt = await till.open(path);
  if (attempt === null) return;
  const form = {
    attempt,
    action: random.chance(0.1) ? 'cancel' : 'pay',
    card: 'new',
    holder: 'Jane Doe',
    number: random.pick(PANS),
    expiry: '12/34',
    cvv: CVV,
    save: random.chance(0.5) ? 'on' : '',
  };
  const submit = () => till.submit(path, form, ask);
  if (random.chance(0.2)) await Promise.all([submit(), submit()]);
  else await submit();
  if (random.chance(0.8)) await answerChallenge(till, order, ask);
  await sendBack(till, order);
}

async function answerChallenge(till: Till, { token }: OrderBody, ask: string): Promise<void> {
  const path = `/v1/sandbox/payment/tokenized/${token}`;
  const attempt = await till.open(path);
  if (attempt === null) return;
  const action = till.random.chance(0.8) ? 'approve' : 'reject';
  await till.submit(path, { attempt, action }, ask);
}

async function sellByBizum(till: Till): Promise<void> {
  const order = await newOrder(till, { customer: customerOf(till), operative: 'AUTHORIZATION' });
  if (order === null) return;
  const path = `/v1/sandbox/payment/bizum/${order.token}`;
  const attempt = await till.open(path);
  if (attempt === null) return;
  await till.submit(path, { attempt, phone: '700000000' }, `pay ${order.uuid}`);
}

/** Somebody takes money at the counter and records it, in parts at times. */
async function sellByHand(till: Till): Promise<void> {
  const { random, shop } = till;
  const order = await newOrder(till, { customer: customerOf(till), operative: 'AUTHORIZATION' });
  if (order === null) return;
  const path = `/payments/orders/${objectIdFromUuid(order.uuid)}/record-payment`;
  const parts = random.chance(0.5) ? [order.amount] : [Math.ceil(order.amount / 3), 1, 2];
  for (const amount of parts) {
    const place = { altId: shop.location, altType: 'location' };
    const body = { ...place, mode: 'cash', amount: amount / 100, isPartialPayment: true };
    await till.highLevel(path, body, `manual ${order.uuid} ${amount}`);
  }
  if (random.chance(0.3)) await sendBack(till, order);
}

/** Sends money to a card that has paid before. */
async function payOut(till: Till): Promise<void> {
  const customer = customerOf(till);
  const paid = await newOrder(till, { customer, operative: 'AUTHORIZATION' });
  const card = await saveCard(till, customer);
  if (paid === null || card === null) return;
  const charge = { order_uuid: paid.uuid, card_uuid: card };
  await till.paylands('/payment/direct', charge, `pay ${paid.uuid}`);
  const order = await newOrder(till, { customer, operative: 'PAYOUT' });
  if (order === null) return;
  const body = { order_uuid: order.uuid, source_uuid: card };
  await till.paylands('/payment/payout', body, `payout ${order.uuid}`);
}

interface Draft {
  customer: string;
  operative: 'AUTHORIZATION' | 'DEFERRED' | 'PAYOUT';
  secure?: boolean;
}

async function newOrder(till: Till, draft: Draft): Promise<OrderBody | null> {
  const marker = till.random.bytes(6).toString('hex');
  const answer = await till.paylands(
    '/payment',
    orderData(till, draft, marker),
    `create ${marker}`,
  );
  return answer?.order ?? null;
}

/** `marker` tells which request an order came from. */
function orderData({ random, shop }: Till, draft: Draft, marker: string): object {
  const { customer, operative, secure = false } = draft;
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
    extra_data: { profile: { phone: { prefix: '34', number: '700000000' } } },
  };
}

async function saveCard(till: Till, customer: string): Promise<string | null> {
  const body = { ...cardData(till), customer_ext_id: customer };
  const answer = await till.paylands('/payment-method/card', body);
  return answer?.Source.uuid ?? null;
}

function cardData({ random }: Till): object {
  return {
    card_holder: 'Jane Doe',
    card_pan: random.pick(PANS),
    card_expiry_month: '12',
    card_expiry_year: '34',
    ...(random.chance(0.5) ? { card_cvv: CVV } : {}),
  };
}

function customerOf({ random }: Till): string {
  return `customer-${random.int(1, 4)}`;
}
