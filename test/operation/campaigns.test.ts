import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import sendMotoLinks from '#functions/jobs/send-moto-links.ts';
import watchCampaigns from '#functions/schedules/watch-campaigns.ts';
import {
  type CampaignPayment,
  concluded,
  delivered,
  type LinksRef,
  notSent,
  type PaymentDraft,
} from '#ledger/campaigns/campaign.ts';
import {
  closeCampaign,
  findCampaign,
  type WholeCampaign,
  watchCampaign,
} from '#ledger/campaigns/campaign-commands.ts';
import { createCampaign } from '#ledger/campaigns/create-campaign.ts';
import { prepareLinkOf } from '#ledger/campaigns/prepare-link.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import { runOn } from '#operation/runtime/runtime.ts';
import { Batches } from '#test/support/batches.ts';
import { SERVICE } from '#test/support/orders.ts';

let world: Batches;

beforeAll(async () => {
  world = await Batches.start();
});
afterAll(() => world.ledger.stop());
beforeEach(() => world.reset());

const PAYMENT: PaymentDraft = {
  line: 2,
  amount: 1000,
  intent: 'sale',
  secure: false,
  destination: 'jane@example.com',
  customer: 'jane',
  sourceCard: null,
  additional: null,
  notifyUrl: null,
  successUrl: null,
  failureUrl: null,
  cardTemplate: null,
  messageTemplate: null,
  dccTemplate: null,
};

function create(
  payments: PaymentDraft[],
  attempt = mintUuid(Date.now()),
  expiresAtMs = Date.now() + 86_400_000,
): Promise<WholeCampaign> {
  const draft = {
    description: 'Christmas',
    service: SERVICE.uuid,
    channel: 'mail' as const,
    subject: null,
    filename: null,
    expiresAt: new Date(expiresAtMs).toISOString(),
    baseUrl: 'https://pay.example/v1/sandbox',
  };
  return world.attempt((context) => createCampaign(context, draft, payments), attempt);
}

const prepare = ({ campaign, payments }: WholeCampaign) =>
  world.attempt((context) => prepareLinkOf(context, campaign, payments[0]?.uuid ?? ''));

const record = (payment: CampaignPayment) =>
  world.ledger.runtime.store.commit(world.merchant, [{ change: 'campaign_payment', payment }]);

const now = ({ campaign }: WholeCampaign) =>
  world.attempt((context) => findCampaign(context, campaign.uuid));

describe('a link', () => {
  test('that was sent stays so when the first write of its payment arrives late', async () => {
    const made = await create([PAYMENT]);
    const claim = await prepare(made);
    if (claim === null) throw new Error('It is its turn');
    await record(delivered(claim.payment, new Date().toISOString()));
    const [first] = made.payments;
    if (first === undefined) throw new Error('A campaign without payments');
    await world.ledger.runtime.store.keepCampaignPayment(world.merchant, first);
    expect(await now(made)).toMatchObject({ payments: [{ state: 'completed', attempts: 1 }] });
    expect(await prepare(made)).toBeNull();
  });

  test('is claimed by one of many at the same time, with the order it leads to', async () => {
    const made = await create([PAYMENT]);
    const claims = await Promise.all(Array.from({ length: 5 }, () => prepare(made)));
    expect(claims.filter((one) => one !== null)).toHaveLength(1);
    const [claim] = claims.filter((one) => one !== null);
    expect(await world.order(claim?.order.uuid ?? '')).toMatchObject({
      status: 'created',
      amount: 1000,
      description: 'Christmas',
      expiresAt: made.campaign.expiresAt,
    });
  });

  test('is sent again, with the same order, when whoever claimed it died', async () => {
    const made = await create([PAYMENT]);
    const first = await prepare(made);
    expect(await prepare(made)).toBeNull();
    world.ledger.advance(4 * 60_000);
    const second = await prepare(made);
    expect(second?.order).toEqual(first?.order);
    expect(second?.payment.attempts).toBe(2);
  });

  test('is given up after three attempts that failed, and the campaign says so', async () => {
    const made = await create([PAYMENT, { ...PAYMENT, line: 3 }]);
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const claim = await prepare(made);
      if (claim === null) throw new Error('The link was not claimed');
      await record(notSent(claim.payment, world.ledger.runtime.realNowMs()));
      expect(await prepare(made)).toBeNull();
      world.ledger.advance(11 * 60_000);
    }
    const second = { ...made, payments: made.payments.slice(1) };
    const claim = await prepare(second);
    if (claim !== null) await record(delivered(claim.payment, claim.payment.createdAt));
    await world.attempt((context) => closeCampaign(context, made.campaign.uuid));
    const { campaign, payments } = await now(made);
    expect(payments.map(({ state }) => state)).toEqual(['error_sending', 'completed']);
    expect(campaign).toMatchObject({
      state: 'error_sending',
      error: '1 link could not be sent',
    });
  });

  test('whose order cannot be made says why, and is not tried again', async () => {
    const made = await create([{ ...PAYMENT, sourceCard: mintUuid(Date.now()) }]);
    expect(await prepare(made)).toBeNull();
    const { payments } = await now(made);
    expect(payments).toMatchObject([{ state: 'error_creating', error: 'card_not_found' }]);
    await world.attempt((context) => watchCampaign(context, made.campaign.uuid));
    expect((await now(made)).campaign).toMatchObject({
      state: 'error_creating',
      error: '1 link could not be created',
    });
  });
});

test('a link of a campaign that is over is not made', async () => {
  const made = await create([PAYMENT], mintUuid(Date.now()), Date.now() - 1);
  expect(await prepare(made)).toBeNull();
  const { payments } = await now(made);
  expect(payments).toMatchObject([{ state: 'error_creating', error: 'order_not_open' }]);
});

test('the order of a stored card is secure, whatever its row says', async () => {
  const { card } = await world.ledger.seed(world.merchant, { customer: 'jane' });
  const made = await create([{ ...PAYMENT, sourceCard: card.uuid, secure: false }]);
  expect((await prepare(made))?.order).toMatchObject({ secure: true, sourceCard: card.uuid });
});

test('a campaign is made once when the request is tried again', async () => {
  const attempt = mintUuid(Date.now());
  const first = await create([PAYMENT], attempt);
  await prepare(first);
  const again = await create([PAYMENT], attempt);
  expect(again.campaign).toEqual(first.campaign);
  expect(again.payments[0]?.attempts).toBe(1);
});

test('a campaign is not over while a link is pending', async () => {
  const made = await create([PAYMENT]);
  expect(concluded(made.campaign, made.payments)).toBe(made.campaign);
  expect(await world.attempt((context) => closeCampaign(context, made.campaign.uuid))).toBe(false);
});

describe('the links of a campaign', () => {
  const COUNT = 30;
  let waiting: LinksRef[];
  let sent: string[];
  /** What happens to the sending of a link, by how many were sent. */
  let fate: (count: number) => Promise<void>;
  let linksPerSecond: number;

  beforeEach(() => {
    [waiting, sent, fate] = [[], [], async () => {}];
    linksPerSecond = 10_000;
    const { runtime } = world.ledger;
    runOn(() => ({
      ...runtime,
      settings: { ...runtime.settings, MOTO_LINKS_PER_SECOND: linksPerSecond },
      async announce(all) {
        for (const { queue, message } of all) if (queue === 'moto-links') waiting.push(message);
      },
      async send({ to }) {
        await fate(sent.length);
        sent.push(to);
      },
    }));
  });
  afterEach(() => runOn(() => undefined));

  async function campaign(): Promise<LinksRef> {
    const payments = Array.from({ length: COUNT }, (_, at) => {
      return { ...PAYMENT, line: at + 2, destination: `${at}@example.com` };
    });
    const made = await create(payments);
    const { merchant, environment } = world.merchant;
    return { merchant, environment, campaign: made.campaign.uuid, from: 0 };
  }

  /** Hands a message to the function, as often as it is queued. */
  async function send(ref: LinksRef, remainingMs: () => number = () => 60_000): Promise<void> {
    const Records = [{ messageId: '1', body: JSON.stringify(ref) }];
    const lambda = { awsRequestId: '1', getRemainingTimeInMillis: remainingMs };
    expect(await sendMotoLinks.handler({ Records } as never, lambda)).toEqual({
      batchItemFailures: [],
    });
  }

  async function sendAll(): Promise<void> {
    for (let ref = waiting.shift(); ref !== undefined; ref = waiting.shift()) await send(ref);
  }

  /** Lets the schedule look after the campaign when its time has come. */
  async function watch({ campaign: uuid }: LinksRef, afterMs: number): Promise<void> {
    world.ledger.advance(afterMs);
    await watchCampaigns.handler({} as never, {
      awsRequestId: '1',
      getRemainingTimeInMillis: () => 60_000,
    });
    waiting = waiting.filter((one) => one.campaign === uuid);
  }

  const findAll = (ref: LinksRef) =>
    world.attempt((context) => findCampaign(context, ref.campaign));

  const everybody = Array.from({ length: COUNT }, (_, at) => `${at}@example.com`);

  test('go on where the time of a function was over', async () => {
    const ref = await campaign();
    await send(ref, () => (sent.length < 3 ? 60_000 : 15_000));
    expect(sent).toEqual(everybody.slice(0, 3));
    expect(waiting).toEqual([{ ...ref, from: 3 }]);
    await sendAll();
    expect(sent).toEqual(everybody);
    expect((await findAll(ref)).campaign).toMatchObject({ state: 'completed', error: null });
    // No schedule looks after it any more.
    const watched = world.ledger.runtime.store.due('watch_campaign', 'shared', Date.now() + 1e9);
    const campaigns = await Array.fromAsync(watched, (item) => item.campaign);
    expect(campaigns).not.toContain(ref.campaign);
    await send(ref);
    expect(sent).toEqual(everybody);
  });

  test('leave no faster than the settings say, each of the two instances at half the rate', async () => {
    linksPerSecond = 20;
    const times: number[] = [];
    fate = async () => {
      times.push(performance.now());
    };
    await send(await campaign(), () => (sent.length < 3 ? 60_000 : 15_000));
    const [first = 0, second = 0, third = 0] = times;
    for (const gap of [second - first, third - second]) expect(gap).toBeGreaterThan(95);
  });

  test.each([0, 4])('go on at the one at which a function died: %i', async (at) => {
    const ref = await campaign();
    const dies = Promise.withResolvers<void>();
    fate = (count) => {
      if (count < at) return Promise.resolve();
      dies.resolve();
      return new Promise(() => {});
    };
    void send(ref);
    await dies.promise;
    fate = async () => {};
    // Too early: for all that anybody knows it is being sent.
    await watch(ref, 60_000);
    expect(waiting).toEqual([]);
    await watch(ref, 3 * 60_000);
    expect(waiting).toEqual([{ ...ref, from: at }]);
    await watch(ref, 60_000);
    expect(waiting).toHaveLength(1);
    // The message is lost, and the schedule queues it again.
    waiting = [];
    await watch(ref, 4 * 60_000);
    expect(waiting).toEqual([{ ...ref, from: at }]);
    await sendAll();
    expect(sent).toEqual(everybody);
    const { campaign: done, payments } = await findAll(ref);
    expect(done.state).toBe('completed');
    expect(payments.map(({ attempts }) => attempts)).toEqual(
      everybody.map((_, index) => (index === at ? 2 : 1)),
    );
  });

  test('that could not be sent say so, and are tried again in a minute', async () => {
    const ref = await campaign();
    fate = async (count) => {
      if (count === 2) {
        fate = async () => {};
        throw new Error('SES is throttled');
      }
    };
    await send(ref);
    await sendAll();
    expect(sent).toEqual(everybody.filter((_, at) => at !== 2));
    const before = await findAll(ref);
    expect(before.campaign.state).toBe('pending');
    expect(before.payments[2]).toMatchObject({
      state: 'pending',
      attempts: 1,
      error: 'The link could not be sent',
    });
    await watch(ref, 4 * 60_000);
    await sendAll();
    expect(sent.at(-1)).toBe('2@example.com');
    expect(sent).toHaveLength(COUNT);
    const after = await findAll(ref);
    expect(after.campaign.state).toBe('completed');
    expect(after.payments[2]).toMatchObject({ state: 'completed', attempts: 2, error: null });
  });
});
