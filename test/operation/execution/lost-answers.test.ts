import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { saveCard, saveCards } from '#ledger/cards/card-commands.ts';
import type { CardEntry } from '#ledger/cards/entered-card.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { createCustomer } from '#ledger/customers/customer-commands.ts';
import type { Order } from '#ledger/orders/order.ts';
import { createOrder, getOrder } from '#ledger/orders/order-commands.ts';
import {
  finishAuthentication,
  payByCard,
  startAuthentication,
} from '#ledger/payments/authentication.ts';
import { chargeMoto } from '#ledger/payments/moto.ts';
import { chargeOneStep } from '#ledger/payments/one-step.ts';
import { capture, charge, refund, release } from '#ledger/payments/payment-commands.ts';
import { payOut } from '#ledger/payments/payouts.ts';
import { payByBizum, requestPush } from '#ledger/payments/push-and-bizum.ts';
import { payWithWallet } from '#ledger/payments/wallets.ts';
import {
  connectProvider,
  disconnectProvider,
  registerProvider,
} from '#ledger/providers/custom-provider.ts';
import { createWhiteLabel } from '#ledger/providers/white-label.ts';
import { createCoupon, deleteCoupon, replaceCoupon } from '#ledger/purchases/coupon-commands.ts';
import { addNote, fulfillOrder, recordPayment } from '#ledger/purchases/purchase-commands.ts';
import type { HttpReply } from '#operation/http/exchange.ts';
import { expectBooksAgree } from '#test/support/books.ts';
import { couponDraft } from '#test/support/coupons.ts';
import { Execution } from '#test/support/execution.ts';
import {
  type DynamoFault,
  type FaultyDynamo,
  startFaultyDynamo,
} from '#test/support/faulty-dynamodb.ts';
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
  dynamo.aheadMs = 0;
  dynamo.calm();
  await execution.reset();
});

const ENTRY: CardEntry = {
  holder: 'Jane Doe',
  number: { pan: '4548812049400004', cvv: '123' },
  expiryMonth: '12',
  expiryYear: '34',
  additional: null,
  origin: 'WEBSERVICE',
  saved: true,
};

const DRAFT = newDraft({ notifyUrl: 'https://shop.example/notify' });

const CARD_DRAFT = {
  ...ENTRY,
  customer: 'customer-1',
  validateWith: SERVICE.uuid,
};
const COUPON = couponDraft('SALE');
const PHONE = { profile: { phone: { prefix: '34', number: '700000000' } } };
const MANUAL = { mode: 'cash' as const, card: null, cheque: null, notes: null, details: null };
const OWNER = { location: 'location', app: 'app' };
const PROVIDER = {
  name: 'Pay',
  description: 'Pay',
  paymentsUrl: 'https://pay.example/pay',
  queryUrl: 'https://pay.example/query',
  imageUrl: 'https://pay.example/image',
  supportsSchedules: false,
};
const WHITE_LABEL = {
  location: 'location',
  uniqueName: 'brand',
  title: 'Brand',
  gateway: 'nmi' as const,
  description: 'Brand',
  imageUrl: 'https://brand.example/image',
};

type Action = (context: LedgerContext) => unknown;

/** A flow: what comes before it, and what must be there after it, once. */
interface Flow {
  prepare(): Promise<{ action: Action; order?: string }>;
  /** Of the order with the most transactions. */
  after?: { transactions: number; captured?: number; refunded?: number; status?: Order['status'] };
  orders?: number;
  count?(): Promise<number>;
}

async function send(action: Action): Promise<Record<string, unknown>> {
  const reply = await execution.send(null, async (context) => action(context));
  expect(reply).toMatchObject({ status: 200 });
  return JSON.parse((reply as HttpReply).body);
}

async function seeded(
  act: (ids: { order: string; card: string }) => Action,
  changes: Partial<Order> = {},
) {
  const { order, card } = await execution.seed({
    reference: 'invoice-1',
    notifyUrl: 'https://shop.example/notify',
    ...changes,
  });
  return { action: act({ order: order.uuid, card: card.uuid }), order: order.uuid };
}

async function paid(intent: 'sale' | 'hold', act: (order: string) => Action) {
  const { order, card } = await execution.seed({ intent, reference: 'invoice-1' });
  await send((context) => charge(context, { order: order.uuid, card: card.uuid, ip: null }));
  return { action: act(order.uuid), order: order.uuid };
}

const PAID = { transactions: 1, captured: 1000, status: 'paid' as const };

const FLOWS: Record<string, Flow> = {
  charge: {
    prepare: () => seeded((ids) => (context) => charge(context, { ...ids, ip: null })),
    after: PAID,
  },
  'charge in one step': {
    prepare: async () => ({
      action: (context) => chargeOneStep(context, DRAFT, ENTRY, { ip: null, authentication: null }),
    }),
    after: PAID,
  },
  'one step that its payer has to finish': {
    prepare: async () => ({
      action: (context) =>
        chargeOneStep(context, { ...DRAFT, secure: true }, ENTRY, {
          ip: null,
          authentication: null,
        }),
    }),
    after: { transactions: 0, status: 'created' },
  },
  'partial refund': {
    prepare: () => paid('sale', (order) => (context) => refund(context, { order, amount: 100 })),
    after: { transactions: 2, captured: 1000, refunded: 100, status: 'partially_refunded' },
  },
  capture: {
    prepare: () => paid('hold', (order) => (context) => capture(context, { order, amount: 400 })),
    after: { transactions: 2, captured: 400, status: 'partially_captured' },
  },
  void: {
    prepare: () => paid('hold', (order) => (context) => release(context, { order })),
    after: { transactions: 2, captured: 0, status: 'voided' },
  },
  payout: {
    async prepare() {
      const first = await execution.seed();
      const { card } = first;
      await send((context) =>
        charge(context, { order: first.order.uuid, card: card.uuid, ip: null }),
      );
      const { order } = await execution.seed({ intent: 'payout', reference: 'payout-1' });
      const input = { order: order.uuid, card: card.uuid, method: null, ip: null };
      return { action: (context) => payOut(context, input), order: order.uuid };
    },
    after: { transactions: 1, status: 'paid' },
    orders: 2,
  },
  'payment recorded by hand, in part': {
    prepare: () =>
      seeded(
        ({ order }) =>
          async (context) =>
            recordPayment(context, {
              order: await getOrder(context, order),
              amount: 400,
              manual: MANUAL,
            }),
      ),
    after: { transactions: 1, captured: 400, status: 'created' },
  },
  push: {
    prepare: () =>
      seeded(
        ({ order }) =>
          (context) =>
            requestPush(context, { order, method: 'BIZUM' }),
        { extraData: PHONE },
      ),
    after: PAID,
  },
  Bizum: {
    prepare: () =>
      seeded(
        ({ order }) =>
          (context) =>
            payByBizum(context, { order, phone: '7', payer: UNKNOWN_PAYER }),
      ),
    after: PAID,
  },
  wallet: {
    prepare: () =>
      seeded(
        ({ order }) =>
          (context) =>
            payWithWallet(context, {
              order,
              wallet: 'APPLEPAY',
              payload: {},
              payer: UNKNOWN_PAYER,
            }),
      ),
    after: PAID,
  },
  'wallet that cannot be read': {
    prepare: () =>
      seeded(
        ({ order }) =>
          (context) =>
            payWithWallet(context, {
              order,
              wallet: 'APPLEPAY',
              payload: null,
              payer: UNKNOWN_PAYER,
            }),
      ),
    after: { transactions: 1, captured: 0, status: 'refused' },
  },
  'card by telephone': {
    prepare: () =>
      seeded(
        ({ order }) =>
          (context) =>
            chargeMoto(context, { order, channel: 'phone', card: { entered: ENTRY } }),
      ),
    after: PAID,
  },
  'card on a page': {
    prepare: () =>
      seeded(
        ({ order }) =>
          (context) =>
            payByCard(context, { order, card: { entered: ENTRY }, payer: UNKNOWN_PAYER }),
      ),
    after: PAID,
  },
  'answer to the issuer': {
    async prepare() {
      const { card } = await execution.seed();
      const { order } = await execution.seed({
        secure: true,
        sourceCard: card.uuid,
        reference: 'invoice-1',
      });
      await send((context) => startAuthentication(context, order.uuid));
      const input = { order: order.uuid, agrees: true, payer: UNKNOWN_PAYER };
      return { action: (context) => finishAuthentication(context, input), order: order.uuid };
    },
    after: PAID,
    orders: 2,
  },
  'refusal of the issuer': {
    async prepare() {
      const { card } = await execution.seed();
      const { order } = await execution.seed({ secure: true, sourceCard: card.uuid });
      await send((context) => startAuthentication(context, order.uuid));
      const input = { order: order.uuid, agrees: false, payer: UNKNOWN_PAYER };
      return { action: (context) => finishAuthentication(context, input), order: order.uuid };
    },
    after: { transactions: 1, captured: 0, status: 'refused' },
    orders: 2,
  },
  'new order': {
    prepare: async () => ({ action: (context) => createOrder(context, DRAFT) }),
    after: { transactions: 0, status: 'created' },
  },
  'stored card': {
    prepare: async () => ({ action: (context) => saveCard(context, CARD_DRAFT) }),
    orders: 0,
    count: async () => (await execution.store.cardsOf(execution.merchant, 'customer-1')).length,
  },
  'stored cards': {
    prepare: async () => ({
      action: async (context) => (await saveCards(context, [CARD_DRAFT]))[0],
    }),
    orders: 0,
    count: async () => (await execution.store.cardsOf(execution.merchant, 'customer-1')).length,
  },
  'customer token': {
    prepare: async () => ({ action: (context) => createCustomer(context, 'customer-1') }),
    orders: 0,
  },
  'new coupon': {
    prepare: async () => ({ action: (context) => createCoupon(context, 'location', COUPON) }),
    orders: 0,
    count: async () => (await execution.store.coupons(execution.merchant)).length,
  },
  'changed coupon': {
    async prepare() {
      const { id } = await send((context) => createCoupon(context, 'location', COUPON));
      const changed = { ...COUPON, code: 'OTHER' };
      return { action: (context) => replaceCoupon(context, 'location', String(id), changed) };
    },
    orders: 0,
    count: async () => (await execution.store.coupons(execution.merchant)).length,
  },
  'deleted coupon': {
    async prepare() {
      const { id } = await send((context) => createCoupon(context, 'location', COUPON));
      return {
        action: async (context) => {
          await deleteCoupon(context, 'location', String(id));
          return {};
        },
      };
    },
    orders: 0,
    count: async () => 1 + (await execution.store.coupons(execution.merchant)).length,
  },
  provider: {
    prepare: async () => ({ action: (context) => registerProvider(context, OWNER, PROVIDER) }),
    orders: 0,
  },
  'disconnected provider': {
    async prepare() {
      await send((context) => registerProvider(context, OWNER, PROVIDER));
      await send((context) => connectProvider(context, OWNER, { test: 'secret' }));
      return {
        action: async (context) => {
          await disconnectProvider(context, OWNER, 'test');
          return {};
        },
      };
    },
    orders: 0,
  },
  'white label': {
    prepare: async () => ({
      action: (context) =>
        createWhiteLabel(context, {
          ...WHITE_LABEL,
          uniqueName: `brand-${context.merchant.merchant}`,
        }),
    }),
    orders: 0,
    count: async () => (await execution.store.whiteLabels(execution.merchant, 'location')).length,
  },
  fulfilment: {
    prepare: () =>
      seeded(
        ({ order }) =>
          (context) =>
            fulfillOrder(context, { order, trackings: [], items: [], notified: false }),
      ),
    after: { transactions: 0 },
    count: async () => (await theOrder()).fulfillments.length,
  },
  note: {
    prepare: () =>
      seeded(
        ({ order }) =>
          (context) =>
            addNote(context, { order, text: 'Note', createdBy: null }),
      ),
    after: { transactions: 0 },
    count: async () => (await theOrder()).notes.filter((one) => one.text === 'Note').length,
  },
};

async function theOrder(): Promise<Order> {
  const [order] = await expectBooksAgree(execution);
  if (order === undefined) throw new Error('There is no order');
  return order;
}

/** What becomes of the sends of one transaction, first to last; after that all goes well. */
const FAULTS: Record<string, DynamoFault[]> = {
  'whose answer is lost once': ['answer_lost'],
  'whose answer is lost twice': ['answer_lost', 'answer_lost'],
  'whose answer is lost more often than the SDK asks': Array(4).fill('answer_lost'),
  'that is said to be in progress': ['in_progress', 'in_progress'],
  'that failed after it was written': ['failed_after'],
  'whose answer is lost before a conflict': ['answer_lost', 'conflict', 'conflict'],
};

/** What tells the ways apart in which a commit can be in doubt. */
const ESSENTIAL = ['whose answer is lost twice', 'whose answer is lost before a conflict'];

/** Fails every transaction of a request in the same way, and counts sends and client tokens. */
function fail(faults: DynamoFault[]): { sends: number; tokens: number } {
  const seen = { sends: 0, tokens: 0 };
  const sends = new Map<string, number>();
  dynamo.onTransaction((body) => {
    seen.sends += 1;
    if (body.includes('ClientRequestToken')) seen.tokens += 1;
    const transaction = body.replace(/,"ClientRequestToken":"[^"]*"/, '');
    const count = sends.get(transaction) ?? 0;
    sends.set(transaction, count + 1);
    return faults[count] ?? 'none';
  });
  return seen;
}

describe.each(Object.entries(FLOWS))('%s', (_, flow) => {
  async function expectOnce(reply: HttpReply | 'crash', order: string | undefined) {
    dynamo.calm();
    expect(reply).toMatchObject({ status: 200 });
    await execution.recover();
    const orders = await expectBooksAgree(execution);
    expect(orders).toHaveLength(flow.orders ?? 1);
    if (flow.count !== undefined) expect(await flow.count()).toBe(1);
    if (flow.after === undefined) return;
    const { transactions, ...fields } = flow.after;
    const written = orders.find((one) => order === undefined || one.uuid === order);
    expect(written).toMatchObject(fields);
    expect(written?.transactions).toHaveLength(transactions);
  }

  const isMoney = flow.after !== undefined && flow.after.transactions > 0;
  for (const [fault, faults] of Object.entries(FAULTS)) {
    if (!isMoney && !ESSENTIAL.includes(fault)) continue;
    test.each([null, 'key'])(`with transactions ${fault}, key %s`, async (key) => {
      const { action, order } = await flow.prepare();
      const seen = fail(faults);
      const reply = await execution.send(key, async (context) => action(context));
      await expectOnce(reply, order);
      expect(seen.sends).toBeGreaterThan(1);
      expect(seen.tokens).toBe(0);
      if (key === null) return;
      const again = await execution.send(key, async (context) => action(context));
      expect(again).toMatchObject({ body: (reply as HttpReply).body });
      await expectOnce(again, order);
    });
  }

  test.each([null, 'key'])(
    'with an order that somebody else writes before the lost answer is asked for, key %s',
    async (key) => {
      const { action, order } = await flow.prepare();
      if (order === undefined) return;
      let isOver = false;
      let first = '';
      dynamo.onTransaction(async (body) => {
        if (isOver) return 'none';
        if (first === '') {
          first = body;
          return 'answer_lost';
        }
        isOver = true;
        await touch(order);
        return 'none';
      });
      const reply = await execution.send(key, async (context) => action(context));
      await expectOnce(reply, order);
    },
  );
});

/** Another request that changes the order. */
async function touch(uuid: string): Promise<void> {
  const order = await execution.order(uuid);
  const next = { ...order, version: order.version + 1, description: 'Touched' };
  const isPending = order.transactions.some((one) => one.status === 'pending');
  const at = new Date().toISOString();
  const due = isPending ? ({ kind: 'recover', at } as const) : ({ kind: 'none' } as const);
  await execution.store.commit(execution.merchant, [
    { change: 'order', order: next, due, testClock: false },
  ]);
}

/** The SDK repeats every refusal of such an engine, and each says that nothing was written. */
test.each([null, 'key'])(
  'conflicts without end are a conflict, also when the clock of the engine is off (%s)',
  async (key) => {
    dynamo.aheadMs = 600_000;
    let sends = 0;
    dynamo.onTransaction(() => {
      sends += 1;
      return 'conflict';
    });
    const reply = await execution.send(key, (context) => createOrder(context, DRAFT));
    expect(reply).toMatchObject({ status: 400, body: 'write_conflict' });
    expect(sends, 'the SDK repeats them').toBeGreaterThan(12);
  },
);
