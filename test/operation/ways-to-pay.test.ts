import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deleteCard } from '#ledger/cards/card-commands.ts';
import type { CardEntry } from '#ledger/cards/entered-card.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import type { Order, TransactionKind } from '#ledger/orders/order.ts';
import { expireOrder } from '#ledger/orders/order-commands.ts';
import {
  finishAuthentication,
  payByCard,
  startAuthentication,
} from '#ledger/payments/authentication.ts';
import { chargeMoto } from '#ledger/payments/moto.ts';
import { chargeOneStep } from '#ledger/payments/one-step.ts';
import { charge, refund } from '#ledger/payments/payment-commands.ts';
import { payOut } from '#ledger/payments/payouts.ts';
import { payByBizum, requestPush } from '#ledger/payments/push-and-bizum.ts';
import { payWithWallet } from '#ledger/payments/wallets.ts';
import type { HttpReply } from '#operation/http/exchange.ts';
import { Execution, LOCK_MS } from '#test/support/execution.ts';
import { newDraft, SERVICE, UNKNOWN_PAYER } from '#test/support/orders.ts';

let execution: Execution;

beforeAll(async () => {
  execution = await Execution.start();
});
afterAll(() => execution.stop());
beforeEach(() => execution.reset());

const ENTRY: CardEntry = {
  holder: 'Jane Doe',
  number: { pan: '4548812049400004', cvv: '123' },
  expiryMonth: '12',
  expiryYear: '34',
  additional: null,
  origin: 'WEBSERVICE',
  saved: true,
};

const DRAFT = newDraft({ reference: 'invoice-1' });

const PHONE = { profile: { phone: { prefix: '34', number: '700000000' } } };

type Action = (context: LedgerContext) => Promise<Order>;

/** Every way to move an order's money, each on an order of its own. */
const WAYS: Record<string, { kind: TransactionKind; prepare(): Promise<Action> }> = {
  'in one step': {
    kind: 'sale',
    prepare: async () => (context) =>
      chargeOneStep(context, DRAFT, ENTRY, { ip: null, authentication: null }),
  },
  'by mail or telephone, card data': {
    kind: 'sale',
    async prepare() {
      const { order } = await execution.seed({ reference: 'invoice-1' });
      return (context) =>
        chargeMoto(context, { order: order.uuid, channel: 'mail', card: { entered: ENTRY } });
    },
  },
  'by mail or telephone, stored card': {
    kind: 'hold',
    async prepare() {
      const { order, card } = await execution.seed({ intent: 'hold' });
      return (context) =>
        chargeMoto(context, { order: order.uuid, channel: 'phone', card: { stored: card.uuid } });
    },
  },
  'with a wallet': {
    kind: 'sale',
    async prepare() {
      const { order } = await execution.seed();
      const input = {
        order: order.uuid,
        wallet: 'APPLEPAY' as const,
        payload: {},
        payer: UNKNOWN_PAYER,
      };
      return (context) => payWithWallet(context, input);
    },
  },
  'on the card page': {
    kind: 'sale',
    async prepare() {
      const { order } = await execution.seed({ reference: 'invoice-1' });
      const input = { order: order.uuid, card: { entered: ENTRY }, payer: UNKNOWN_PAYER };
      return (context) => payByCard(context, input);
    },
  },
  'on the card page, where the issuer asks nothing': {
    kind: 'hold',
    async prepare() {
      execution.acquirer.plan = { ...execution.acquirer.plan, flow: 'FRICTIONLESS' };
      const { order } = await execution.seed({ secure: true, intent: 'hold' });
      const input = { order: order.uuid, card: { entered: ENTRY }, payer: UNKNOWN_PAYER };
      return (context) => payByCard(context, input);
    },
  },
  'after a challenge': {
    kind: 'sale',
    async prepare() {
      const { order } = await execution.seed({ secure: true, reference: 'invoice-1' });
      const input = { order: order.uuid, card: { entered: ENTRY }, payer: UNKNOWN_PAYER };
      await execution.send(null, (context) => payByCard(context, input));
      const answer = { order: order.uuid, agrees: true, payer: UNKNOWN_PAYER };
      return (context) => finishAuthentication(context, answer);
    },
  },
  'by Bizum': {
    kind: 'sale',
    async prepare() {
      const { order } = await execution.seed({ reference: 'invoice-1' });
      return (context) =>
        payByBizum(context, { order: order.uuid, phone: '700000000', payer: UNKNOWN_PAYER });
    },
  },
  'by payout': {
    kind: 'payout',
    async prepare() {
      const { order: paid, card } = await execution.seed();
      await execution.send(null, (context) =>
        charge(context, { order: paid.uuid, card: card.uuid, ip: null }),
      );
      const { order } = await execution.seed({ intent: 'payout' });
      const input = { order: order.uuid, card: null, method: null, ip: null };
      return (context) => payOut(context, input);
    },
  },
};

function orderIn(reply: HttpReply | 'crash'): Order {
  if (reply === 'crash' || reply.status !== 200) throw new Error(JSON.stringify(reply));
  return JSON.parse(reply.body);
}

const expected = (kind: TransactionKind) => (kind === 'hold' ? 'held' : 'paid');

describe.each(Object.entries(WAYS))('paid %s', (_, { kind, prepare }) => {
  test('twice with one key: once, and answered the same', async () => {
    const action = await prepare();
    const first = await execution.send('key', action);
    expect(orderIn(first).status).toBe(expected(kind));
    const second = await execution.send('key', action);
    expect(second).toEqual({ ...(first as HttpReply), headers: { 'idempotent-replayed': 'true' } });
    expect(execution.acquirer.moved(kind)).toBe(1);
  });

  test('twice without a key: once', async () => {
    const action = await prepare();
    await execution.send(null, action);
    const second = await execution.send(null, action);
    expect(second).toMatchObject({ status: 400 });
    expect(execution.acquirer.moved(kind)).toBe(1);
  });

  test('ten times at the same moment: once', async () => {
    const action = await prepare();
    await Promise.all(Array.from({ length: 10 }, () => execution.send(null, action)));
    expect(execution.acquirer.moved(kind)).toBe(1);
  });

  test('crashed half-way: finished by the repetition, asked once', async () => {
    const action = await prepare();
    execution.acquirer.faults = ['crash_after'];
    expect(await execution.send('key', action)).toBe('crash');
    expect(await execution.send('key', action)).toMatchObject({ status: 409 });
    execution.advance(LOCK_MS + 1);
    const order = orderIn(await execution.send('key', action));
    expect(order.status).toBe(expected(kind));
    expect(execution.acquirer.moved(kind)).toBe(1);
    for (const { times } of execution.acquirer.effects.values()) expect(times).toBe(1);
  });

  test.each(['crash_before', 'crash_after'] as const)(
    '%s: finished by the schedule',
    async (at) => {
      const action = await prepare();
      execution.acquirer.faults = [at];
      await execution.send('key', action);
      await execution.recover();
      execution.advance(LOCK_MS + 1);
      expect(orderIn(await execution.send('key', action)).status).toBe(expected(kind));
      expect(execution.acquirer.moved(kind)).toBe(1);
    },
  );

  test('never answered: pending until the acquirer says', async () => {
    const action = await prepare();
    execution.acquirer.faults = ['answer_lost'];
    const order = orderIn(await execution.send(null, action));
    expect(order.transactions[0]?.status).toBe('pending');
    execution.acquirer.isReachable = false;
    await execution.recover();
    expect((await execution.order(order.uuid)).transactions[0]?.status).toBe('pending');
    execution.acquirer.isReachable = true;
    await execution.recover();
    expect((await execution.order(order.uuid)).status).toBe(expected(kind));
    expect(execution.acquirer.moved(kind)).toBe(1);
  });

  test('refused: visible, consumed, and the reference is free again', async () => {
    const action = await prepare();
    execution.acquirer.faults = ['refuse'];
    const order = orderIn(await execution.send(null, action));
    expect(order.status).toBe('refused');
    expect(order.transactions.at(-1)).toMatchObject({ kind, status: 'refused', error: '0190' });
    const { order: other, card } = await execution.seed({ reference: 'invoice-1' });
    const pay: Action = (context) =>
      charge(context, { order: other.uuid, card: card.uuid, ip: null });
    expect(orderIn(await execution.send(null, pay)).status).toBe('paid');
  });
});

describe('a push payment', () => {
  const push =
    (order: string): Action =>
    (context) =>
      requestPush(context, { order, method: 'BIZUM' });

  test('is answered at once and settled later, once', async () => {
    const { order } = await execution.seed({ extraData: PHONE });
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => execution.send(null, push(order.uuid))),
    );
    const answered = replies.filter((reply) => reply !== 'crash' && reply.status === 200);
    expect(answered.map((reply) => orderIn(reply).status)).toEqual(['pending_payment']);
    expect(execution.acquirer.effects.size).toBe(0);
    await Promise.all([execution.recover(), execution.recover()]);
    expect((await execution.order(order.uuid)).status).toBe('paid');
    expect(execution.acquirer.moved('sale')).toBe(1);
  });

  test('needs a telephone number', async () => {
    const { order } = await execution.seed();
    const reply = await execution.send(null, push(order.uuid));
    expect(reply).toEqual({ status: 400, body: 'phone_required' });
  });
});

describe('a payout', () => {
  const payout = (order: string, card: string | null, method: string | null = null): Action => {
    return (context) => payOut(context, { order, card, method, ip: null });
  };

  test('goes only to a card that has paid', async () => {
    const { order, card } = await execution.seed({ intent: 'payout' });
    const reply = await execution.send(null, payout(order.uuid, card.uuid));
    expect(reply).toMatchObject({ body: 'card_never_paid' });
  });

  test.each([
    [0, 1],
    [1, 0],
  ])('goes to the card that has paid last, of card %i and then card %i', async (...turns) => {
    const seeded = [await execution.seed(), await execution.seed()];
    let last = '';
    for (const turn of turns) {
      const { order, card } = seeded[turn] ?? (await execution.seed());
      const pay: Action = (context) =>
        charge(context, { order: order.uuid, card: card.uuid, ip: null });
      expect(orderIn(await execution.send(null, pay)).status).toBe('paid');
      execution.advance(1000);
      last = card.uuid;
    }
    const { order } = await execution.seed({ intent: 'payout' });
    const paid = orderIn(await execution.send(null, payout(order.uuid, null)));
    expect(paid.transactions).toMatchObject([{ card: last, status: 'succeeded' }]);
  });

  test('goes to an earlier card when the last one was deleted', async () => {
    const [first, second] = [await execution.seed(), await execution.seed()];
    for (const { order, card } of [first, second]) {
      const pay: Action = (context) =>
        charge(context, { order: order.uuid, card: card.uuid, ip: null });
      expect(orderIn(await execution.send(null, pay)).status).toBe('paid');
      execution.advance(1000);
    }
    const gone = { card: second.card.uuid, customer: 'customer-1' };
    await execution.send(null, (context) => deleteCard(context, gone));
    const { order } = await execution.seed({ intent: 'payout' });
    const paid = orderIn(await execution.send(null, payout(order.uuid, null)));
    expect(paid.transactions).toMatchObject([{ card: first.card.uuid, status: 'succeeded' }]);
  });

  test.each([
    { terminal: 'T-1', there: { type: 'REDSYS', terminal: 'T-1' }, code: 'paid' },
    { terminal: 'T-1', there: { type: 'REDSYS', terminal: 'T-2' }, code: 'card_never_paid' },
    // Every provider numbers its own.
    { terminal: 'T-1', there: { type: 'SIBS', terminal: 'T-1' }, code: 'card_never_paid' },
    // Nobody has said that they share one.
    { terminal: null, there: { type: 'REDSYS', terminal: null }, code: 'card_never_paid' },
  ])('at $terminal to a card that has paid at $there ends as $code', async (one) => {
    const { terminal, there, code } = one;
    const here = { ...SERVICE, terminal };
    const other = { ...SERVICE, ...there, uuid: mintUuid(0) };
    execution.merchant.services = [here, other];
    const { order: sale, card } = await execution.seed({ service: other });
    const pay: Action = (context) =>
      charge(context, { order: sale.uuid, card: card.uuid, ip: null });
    expect(orderIn(await execution.send(null, pay)).status).toBe('paid');
    const { order } = await execution.seed({ intent: 'payout', service: here });
    const reply = await execution.send(null, payout(order.uuid, null));
    if (code === 'paid') expect(orderIn(reply)).toMatchObject({ status: code });
    else expect(reply).toMatchObject({ body: code });
  });

  test('of a customer who never paid is refused', async () => {
    const { order } = await execution.seed({ intent: 'payout', customer: 'nobody' });
    const reply = await execution.send(null, payout(order.uuid, null));
    expect(reply).toMatchObject({ body: 'card_never_paid' });
  });

  test('needs the way where the service has several', async () => {
    execution.merchant.services = [{ ...SERVICE, payoutMethods: ['CARD', 'BIZUM'] }];
    const { order } = await execution.seed({ intent: 'payout', extraData: PHONE });
    const unclear = await execution.send(null, payout(order.uuid, null));
    expect(unclear).toMatchObject({ body: 'payout_method_required' });
    const unknown = await execution.send(null, payout(order.uuid, null, 'PIX'));
    expect(unknown).toMatchObject({ body: 'payout_method_not_supported' });
    const paid = orderIn(await execution.send(null, payout(order.uuid, null, 'BIZUM')));
    expect(paid.status).toBe('paid');
  });

  test('that its issuer wants authenticated is refused, for nobody is asked to receive', async () => {
    const { order: sale, card } = await execution.seed();
    const pay: Action = (context) =>
      charge(context, { order: sale.uuid, card: card.uuid, ip: null });
    expect(orderIn(await execution.send(null, pay)).status).toBe('paid');
    const { order } = await execution.seed({ intent: 'payout' });
    execution.acquirer.faults = ['ask_payer'];
    const refused = orderIn(await execution.send(null, payout(order.uuid, card.uuid)));
    expect(refused).toMatchObject({ status: 'refused', transactions: [{ error: '0195' }] });
  });

  test('cannot be refunded or charged', async () => {
    const paid = await execution.seed({ intent: 'payout', status: 'paid' });
    const giveBack: Action = (context) => refund(context, { order: paid.order.uuid, amount: null });
    expect(await execution.send(null, giveBack)).toMatchObject({ body: 'order_not_refundable' });
    const { order, card } = await execution.seed({ intent: 'payout' });
    const pay: Action = (context) =>
      charge(context, { order: order.uuid, card: card.uuid, ip: null });
    expect(await execution.send(null, pay)).toMatchObject({ body: 'order_intent_mismatch' });
  });
});

test('a wallet whose payload cannot be read consumes the order', async () => {
  const { order } = await execution.seed({ reference: 'invoice-1' });
  const pay =
    (payload: unknown): Action =>
    (context) =>
      payWithWallet(context, {
        order: order.uuid,
        wallet: 'GOOGLEPAY',
        payload,
        payer: UNKNOWN_PAYER,
      });
  const refused = orderIn(await execution.send(null, pay(null)));
  expect(refused).toMatchObject({ status: 'refused', transactions: [{ error: 'WALLET' }] });
  expect(await execution.send(null, pay({}))).toMatchObject({ body: 'order_not_payable' });
  expect(execution.acquirer.effects.size).toBe(0);
});

describe('after 3-D Secure', () => {
  const pay =
    (order: string): Action =>
    (context) =>
      payByCard(context, { order, card: { entered: ENTRY }, payer: UNKNOWN_PAYER });
  const answer =
    (order: string, agrees: boolean): Action =>
    (context) =>
      finishAuthentication(context, { order, agrees, payer: UNKNOWN_PAYER });

  async function challenged(): Promise<string> {
    const { order } = await execution.seed({ secure: true, reference: 'invoice-1' });
    const asked = orderIn(await execution.send(null, pay(order.uuid)));
    expect(asked).toMatchObject({ status: 'pending_authentication', transactions: [] });
    return order.uuid;
  }

  test('a payer who agrees has paid, once however often the answer comes', async () => {
    const uuid = await challenged();
    await Promise.all(Array.from({ length: 10 }, () => execution.send(null, answer(uuid, true))));
    const order = await execution.order(uuid);
    expect(order).toMatchObject({ status: 'paid', authentication: { status: 'Y', eci: '05' } });
    expect(order.transactions[0]?.conditions.authenticated).toBe(true);
    expect(execution.acquirer.moved('sale')).toBe(1);
  });

  test('a payer who rejects has not, and the acquirer is never asked', async () => {
    const uuid = await challenged();
    const order = orderIn(await execution.send(null, answer(uuid, false)));
    expect(order).toMatchObject({ status: 'refused', authentication: { status: 'N', eci: null } });
    expect(order.transactions.map((one) => one.error)).toEqual(['0184']);
    expect(await execution.send(null, answer(uuid, true))).toMatchObject({ status: 400 });
    expect(execution.acquirer.effects.size).toBe(0);
  });

  test.each(['crash_before', 'crash_after', 'answer_lost'] as const)(
    'an answer whose payment ends in %s is finished by the repetition',
    async (fault) => {
      const uuid = await challenged();
      execution.acquirer.faults = [fault];
      await execution.send('key', answer(uuid, true));
      execution.advance(LOCK_MS + 1);
      expect(orderIn(await execution.send('key', answer(uuid, true))).status).toBe('paid');
      expect(execution.acquirer.moved('sale')).toBe(1);
    },
  );

  test('an issuer that asks nothing is not waited for', async () => {
    execution.acquirer.plan = { ...execution.acquirer.plan, flow: 'FRICTIONLESS', eci: '06' };
    const { order } = await execution.seed({ secure: true });
    expect(orderIn(await execution.send(null, pay(order.uuid)))).toMatchObject({
      status: 'paid',
      authentication: { flow: 'FRICTIONLESS', status: 'Y', eci: '06', requested: false },
    });
  });

  test('an issuer that will not vouch refuses without a challenge', async () => {
    const plan = { ...execution.acquirer.plan, flow: 'FRICTIONLESS' as const, passes: false };
    execution.acquirer.plan = plan;
    const { order } = await execution.seed({ secure: true });
    expect(orderIn(await execution.send(null, pay(order.uuid))).status).toBe('refused');
    expect(execution.acquirer.effects.size).toBe(0);
  });

  test('a soft decline is paid after it, with both transactions', async () => {
    execution.acquirer.faults = ['ask_payer'];
    const { order, card } = await execution.seed({ reference: 'invoice-1' });
    const charged: Action = (context) =>
      charge(context, { order: order.uuid, card: card.uuid, ip: null });
    const declined = orderIn(await execution.send(null, charged));
    expect(declined.status).toBe('authentication_required');
    const asked = await execution.send(null, (context) => startAuthentication(context, order.uuid));
    expect(orderIn(asked).authentication).toMatchObject({ status: 'C', requested: true });
    const paid = orderIn(await execution.send(null, answer(order.uuid, true)));
    expect(paid.status).toBe('paid');
    expect(paid.transactions.map((one) => one.status)).toEqual(['refused', 'succeeded']);
  });

  test('an order that is left at the issuer gives its reference free', async () => {
    execution.acquirer.faults = ['ask_payer'];
    const { order, card } = await execution.seed({ reference: 'invoice-3' });
    await execution.send(null, (context) =>
      charge(context, { order: order.uuid, card: card.uuid, ip: null }),
    );
    await execution.send(null, (context) => startAuthentication(context, order.uuid));
    execution.advance(3_600_001);
    const left = await execution.order(order.uuid);
    await execution.send(null, async (context) => expireOrder(context, left));
    expect((await execution.order(order.uuid)).status).toBe('authentication_expired');
    const next = await execution.seed({ reference: 'invoice-3' });
    const pay: Action = (context) =>
      charge(context, { order: next.order.uuid, card: next.card.uuid, ip: null });
    expect(orderIn(await execution.send(null, pay)).status).toBe('paid');
  });

  test('an order that names a card is authenticated with it', async () => {
    const { card } = await execution.seed();
    const { order } = await execution.seed({ sourceCard: card.uuid, secure: true });
    await execution.send(null, (context) => startAuthentication(context, order.uuid));
    expect(orderIn(await execution.send(null, answer(order.uuid, true)))).toMatchObject({
      status: 'paid',
      transactions: [{ card: card.uuid }],
    });
  });

  test('what was entered is kept as a card of the customer, as saved as its holder agreed', async () => {
    const uuid = await challenged();
    const { authentication } = await execution.order(uuid);
    expect(authentication?.securityCode).toBe('unchecked');
    await execution.send(null, answer(uuid, true));
    const text = JSON.stringify(await execution.order(uuid));
    expect(text).not.toContain(ENTRY.number.pan);
  });
});

test('a card that pays again has been valid since it first paid', async () => {
  const { order, card } = await execution.seed();
  const pay = async (uuid: string) =>
    execution.send(null, (context) => charge(context, { order: uuid, card: card.uuid, ip: null }));
  const first = orderIn(await pay(order.uuid));
  execution.advance(3_600_000);
  const next = await execution.seed();
  const second = orderIn(await pay(next.order.uuid));
  const cards = await execution.store.cardsOf(execution.merchant, card.customer);
  const entries = cards.filter(({ paidAt }) => paidAt !== null);
  const payments = [first, second].map(({ transactions }) => transactions[0]?.updatedAt);
  expect(entries.map(({ paidAt }) => paidAt).sort()).toEqual(payments);
  expect(entries.map(({ validatedAt }) => validatedAt)).toEqual([payments[0], payments[0]]);
});
