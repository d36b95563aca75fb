import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LedgerContext } from '#ledger/core/context.ts';
import { deadlineIn } from '#ledger/core/deadline.ts';
import { LostRace, OutcomeUnknown } from '#ledger/core/errors.ts';
import { mintObjectId } from '#ledger/core/ids.ts';
import { createDevice } from '#ledger/devices/device-commands.ts';
import type { Order } from '#ledger/orders/order.ts';
import { createOrder } from '#ledger/orders/order-commands.ts';
import { type AtDevice, payAtDevice, refundAtDevice } from '#ledger/payments/device-payments.ts';
import { charge, refund } from '#ledger/payments/payment-commands.ts';
import { payWithWallet } from '#ledger/payments/wallets.ts';
import type { HttpReply } from '#operation/http/exchange.ts';
import { expectBooksAgree } from '#test/support/books.ts';
import { Execution, LOCK_MS } from '#test/support/execution.ts';
import { type FaultyDynamo, startFaultyDynamo } from '#test/support/faulty-dynamodb.ts';
import { newDraft, SERVICE, UNKNOWN_PAYER } from '#test/support/orders.ts';

let dynamo: FaultyDynamo;
let execution: Execution;

beforeAll(async () => {
  dynamo = await startFaultyDynamo();
  execution = await Execution.start(dynamo.route);
});
afterAll(async () => {
  await execution.stop();
  await dynamo.stop();
});
beforeEach(async () => {
  dynamo.calm();
  execution.requestMs = 20_000;
  execution.publishWith(async () => {});
  await execution.reset();
});

type Action = (context: LedgerContext) => Promise<Order>;

async function chargeable(changes: Partial<Order> = {}) {
  const { order, card } = await execution.seed(changes);
  const input = { order: order.uuid, card: card.uuid, ip: null };
  const pay: Action = (context) => charge(context, input);
  return { order: order.uuid, pay };
}

function orderIn(reply: HttpReply | 'crash'): Order {
  expect(reply).toMatchObject({ status: 200 });
  return JSON.parse((reply as HttpReply).body);
}

/** Fails when the work takes as long as a request has: then nobody would get its answer. */
async function inTime<T>(work: () => Promise<T>): Promise<T> {
  const deadline = deadlineIn(execution.requestMs);
  try {
    return await work();
  } finally {
    expect(deadline.remainingMs(), 'left to answer in').toBeGreaterThan(0);
  }
}

const isOutcome = (body: string) => body.includes('#TRANSACTIONS');

test('an acquirer that never answers leaves the order pending, in time to say so', async () => {
  const { pay } = await chargeable();
  execution.requestMs = 9000;
  execution.acquirer.faults = ['hangs'];
  const result = await inTime(() => execution.send(null, pay));
  expect(orderIn(result).status).toBe('pending_processor');
  await execution.recover();
  const [order] = await expectBooksAgree(execution);
  expect(order?.status).toBe('paid');
});

test('no acquirer is asked when there is no time to write what it says', async () => {
  const { pay } = await chargeable();
  execution.requestMs = 6500;
  expect(orderIn(await execution.send(null, pay)).status).toBe('pending_processor');
  expect(execution.acquirer.effects.size).toBe(0);
  await execution.recover();
  expect((await expectBooksAgree(execution))[0]?.status).toBe('paid');
});

test.each([
  ['always conflicts', 'conflict'],
  ['is never answered', 'hangs'],
  ['always fails', 'failed_after'],
] as const)('an outcome whose commit %s is answered as pending, not refused', async (_, fault) => {
  const { pay } = await chargeable();
  execution.requestMs = 9000;
  dynamo.onTransaction((body) => (isOutcome(body) ? fault : 'none'));
  const result = await inTime(() => execution.send('key', pay));
  dynamo.calm();
  // What failed after it was written is seen to be written.
  expect(orderIn(result).status).toBe(fault === 'failed_after' ? 'paid' : 'pending_processor');
  await execution.recover();
  expect((await expectBooksAgree(execution))[0]?.status).toBe('paid');
  execution.advance(LOCK_MS + 1);
  expect(orderIn(await execution.send('key', pay)).status).toBe('paid');
  await expectBooksAgree(execution);
});

test('what the acquirer said is written for as long as there is time, however often others are first', async () => {
  const { pay } = await chargeable();
  let losses = 0;
  const losing: Action = async (context) => {
    const order = await pay(context);
    losses += 1;
    // More often than a request is tried that has moved no money.
    if (losses <= 15) throw new LostRace();
    return order;
  };
  expect(orderIn(await execution.send(null, losing)).status).toBe('paid');
  expect((await expectBooksAgree(execution))[0]?.status).toBe('paid');
});

test('an answer that is written and never confirmed is given to the byte', async () => {
  const { pay } = await chargeable();
  execution.requestMs = 9000;
  dynamo.onTransaction((body) => (isOutcome(body) ? 'failed_after' : 'none'));
  let answers = 0;
  const numbered: Action = async (context) => {
    const order = await pay(context);
    answers += 1;
    return { ...order, additional: `answer ${answers}` };
  };
  const first = orderIn(await execution.send('key', numbered));
  dynamo.calm();
  expect(first).toMatchObject({ status: 'paid', additional: 'answer 1' });
  expect(orderIn(await execution.send('key', numbered))).toEqual(first);
});

test.each([
  ['without a key', null],
  ['with a key', 'key'],
])('an intent that is never answered fails in time, %s', async (_, key) => {
  const { pay } = await chargeable();
  execution.requestMs = 4000;
  dynamo.onTransaction(() => 'hangs');
  await inTime(() => expect(execution.send(key, pay)).rejects.toThrow(OutcomeUnknown));
  dynamo.calm();
  expect(execution.acquirer.effects.size).toBe(0);
  execution.requestMs = 20_000;
  expect(orderIn(await execution.send(key, pay)).status).toBe('paid');
  await expectBooksAgree(execution);
});

test('an order that is created and never confirmed by the database is answered once it is seen', async () => {
  execution.requestMs = 4000;
  dynamo.onTransaction(() => 'failed_after');
  const reply = await execution.send(null, (context) => createOrder(context, newDraft()));
  expect(orderIn(reply).status).toBe('created');
  dynamo.calm();
  expect(await expectBooksAgree(execution)).toHaveLength(1);
});

test('a wallet that cannot be read is answered as refused once that is seen to be written', async () => {
  const { order } = await execution.seed();
  const input = { order: order.uuid, wallet: 'APPLEPAY' as const, payload: null };
  execution.requestMs = 4000;
  dynamo.onTransaction(() => 'failed_after');
  const reply = await execution.send(null, (context) =>
    payWithWallet(context, { ...input, payer: UNKNOWN_PAYER }),
  );
  expect(orderIn(reply).status).toBe('refused');
});

test('what was sent to a terminal is answered once it is seen to be written', async () => {
  const device = mintObjectId(Date.now());
  const terminal = {
    id: device,
    service: SERVICE.uuid,
    terminalId: null,
    communication: 'SIMULATION' as const,
  };
  await execution.send(null, (context) => createDevice(context, terminal));
  const sent = async (command: (context: LedgerContext) => Promise<AtDevice>) => {
    execution.requestMs = 4000;
    dynamo.onTransaction(() => 'failed_after');
    const reply = await execution.send(null, async (context) => (await command(context)).order);
    dynamo.calm();
    execution.requestMs = 20_000;
    const { uuid, transactions } = orderIn(reply);
    expect(transactions.at(-1)).toMatchObject({ status: 'pending', device: { id: device } });
    await execution.recover();
    return uuid;
  };
  const order = await sent((context) => payAtDevice(context, { device, draft: newDraft() }));
  await sent((context) => refundAtDevice(context, { device, order, amount: 400 }));
  const orders = await expectBooksAgree(execution);
  expect(orders).toMatchObject([{ uuid: order, captured: 1000, refunded: 400 }]);
});

test('a queue that hangs holds no answer back', async () => {
  const { pay } = await chargeable({ notifyUrl: 'https://shop.example/notify' });
  execution.publishWith(() => new Promise(() => {}));
  expect(orderIn(await inTime(() => execution.send(null, pay))).status).toBe('paid');
});

test('of many refunds at once exactly those that are answered with success have moved money', async () => {
  const { order, pay } = await chargeable();
  await execution.send(null, pay);
  const giveBack: Action = (context) => refund(context, { order, amount: 10 });
  const replies = await Promise.all(
    Array.from({ length: 40 }, () => execution.send(null, giveBack)),
  );
  const succeeded = replies.filter((reply) => reply !== 'crash' && reply.status === 200);
  await execution.recover();
  const [after] = await expectBooksAgree(execution);
  expect(after?.refunded).toBe(10 * succeeded.length);
  expect(succeeded.length).toBeGreaterThan(0);
});

test('the recovery settles all that is pending of an order in one pass', async () => {
  const { order, pay } = await chargeable();
  await execution.send(null, pay);
  execution.acquirer.faults = Array(8).fill('answer_lost');
  for (let count = 0; count < 8; count += 1) {
    await execution.send(null, (context) => refund(context, { order, amount: 100 }));
  }
  expect((await execution.order(order)).refunded).toBe(0);
  await execution.recover();
  const [after] = await expectBooksAgree(execution);
  expect(after?.refunded).toBe(800);
});

test('the recovery does not wait for a transaction of which nobody knows', async () => {
  const { order, pay } = await chargeable();
  await execution.send(null, pay);
  execution.acquirer.faults = ['not_sent', 'answer_lost'];
  await execution.send(null, (context) => refund(context, { order, amount: 100 }));
  await execution.send(null, (context) => refund(context, { order, amount: 200 }));
  const [, lost] = await execution.order(order).then((one) => one.transactions);
  execution.acquirer.unknown.add(lost?.uuid ?? '');
  await execution.recover();
  expect((await execution.order(order)).refunded).toBe(200);
  execution.acquirer.unknown.clear();
  await execution.recover();
  expect((await expectBooksAgree(execution))[0]?.refunded).toBe(300);
});
