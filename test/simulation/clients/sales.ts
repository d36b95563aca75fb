import { objectIdFromUuid } from '#ledger/core/ids.ts';
import {
  CVVS,
  cardData,
  customerOf,
  markerOf,
  newOrder,
  orderData,
  PANS,
  saveCard,
} from './drafts.ts';
import type { OrderBody, Till } from './till.ts';

/** Creates an order, has it paid, and goes on with the money as shops do. */
export async function sell(till: Till): Promise<void> {
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
    default: {
      const buyer = random.chance(0.3) ? { customer_ip: `198.51.100.${random.int(1, 3)}` } : {};
      await till.paylands('/payment/direct', { ...base, card_uuid: card, ...buyer }, ask);
    }
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
export async function sendBack(till: Till, { uuid, amount: total }: OrderBody): Promise<void> {
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

export async function sellInOneStep(till: Till): Promise<void> {
  const marker = markerOf(till);
  const draft = { customer: customerOf(till), operative: 'AUTHORIZATION' } as const;
  const body = { ...orderData(till, draft, marker), ...cardData(till) };
  const answer = await till.paylands('/charge', body, `charge ${marker}`);
  if (answer?.order !== undefined) await sendBack(till, answer.order);
}

/** A buyer opens the card page and pays there. */
export async function sellOnAPage(till: Till): Promise<void> {
  const secure = till.random.chance(0.5);
  const draft = { customer: customerOf(till), operative: 'AUTHORIZATION', secure } as const;
  const order = await newOrder(till, draft);
  if (order === null) return;
  await payOnCardPage(till, order);
  await sendBack(till, order);
}

/** A buyer chooses on the checkout page how to pay, and may change his mind on another tab. */
export async function sellOnCheckout(till: Till): Promise<void> {
  const { random } = till;
  const order = await newOrder(till, { customer: customerOf(till), operative: 'AUTHORIZATION' });
  if (order === null) return;
  const path = `/v1/sandbox/payment/checkout/${order.token}`;
  const ask = `pay ${order.uuid}`;
  const choose = async () => {
    const attempt = await till.open(path);
    const action = random.pick(['GOOGLEPAY', 'APPLEPAY', 'BIZUM']);
    if (attempt === null) return;
    await till.submit(path, { attempt, action }, ask);
    if (action === 'BIZUM') await payOnBizumPage(till, order);
    if (action === 'GOOGLEPAY') await answerChallenge(till, order, ask);
  };
  if (random.chance(0.3)) await Promise.all([choose(), payOnCardPage(till, order)]);
  else await choose();
  await sendBack(till, order);
}

/** Types a card into the card page, is authenticated at times, and may lose patience. */
export async function payOnCardPage(
  till: Till,
  order: Pick<OrderBody, 'uuid' | 'token'>,
): Promise<void> {
  const { random } = till;
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
    cvv: random.pick(CVVS),
    save: random.chance(0.5) ? 'on' : '',
  };
  const submit = () => till.submit(path, form, ask);
  if (random.chance(0.2)) await Promise.all([submit(), submit()]);
  else await submit();
  if (random.chance(0.8)) await answerChallenge(till, order, ask);
}

async function answerChallenge(
  till: Till,
  { token }: Pick<OrderBody, 'token'>,
  ask: string,
): Promise<void> {
  const path = `/v1/sandbox/payment/tokenized/${token}`;
  const attempt = await till.open(path);
  if (attempt === null) return;
  const action = till.random.chance(0.8) ? 'approve' : 'reject';
  await till.submit(path, { attempt, action }, ask);
}

export async function sellByBizum(till: Till): Promise<void> {
  const order = await newOrder(till, { customer: customerOf(till), operative: 'AUTHORIZATION' });
  if (order !== null) await payOnBizumPage(till, order);
}

async function payOnBizumPage(till: Till, order: OrderBody): Promise<void> {
  const path = `/v1/sandbox/payment/bizum/${order.token}`;
  const attempt = await till.open(path);
  if (attempt === null) return;
  await till.submit(path, { attempt, phone: '700000000' }, `pay ${order.uuid}`);
}

/** Somebody takes money at the counter and records it, in parts at times. */
export async function sellByHand(till: Till): Promise<void> {
  const { random, shop } = till;
  const order = await newOrder(till, { customer: customerOf(till), operative: 'AUTHORIZATION' });
  if (order === null) return;
  const path = `/payments/orders/${objectIdFromUuid(order.uuid)}/record-payment`;
  const parts = random.chance(0.5) ? [order.amount] : [Math.ceil(order.amount / 3), 1, 2];
  for (const amount of parts) {
    const place = { altId: shop.location, altType: 'location' };
    const body = { ...place, mode: 'cash', amount: amount / 100, isPartialPayment: true };
    await till.highLevel(path, body, [`manual ${order.uuid} ${amount}`]);
  }
  if (random.chance(0.3)) await sendBack(till, order);
}

/** Sends money to a card that has paid before. */
export async function payOut(till: Till): Promise<void> {
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
