import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BothFaces, bothFaces } from '#test/highlevel/support/both-faces.ts';
import { type Face, startFace } from '#test/highlevel/support/locations.ts';
import { violationsOf } from '#test/highlevel/support/published.ts';

let face: Face;
let both: BothFaces;

beforeAll(async () => {
  face = await startFace();
  both = await bothFaces(face);
});
afterAll(() => face.stop());

interface PaylandsSubscription {
  id: string;
  created_at: string;
  payments: { payment_details: string | null }[];
}

let count = 0;

/** Subscribes the customer of a new card on Paylands' face. */
async function subscribe(plan: object = {}): Promise<PaylandsSubscription> {
  count += 1;
  const name = `plan-${count}`;
  const { paylands } = both;
  const card = await paylands.saveCard();
  const post = async (path: string, body: object) => {
    const answer = await paylands.post(`/subscriptions/${path}`, body);
    expect(answer.status, answer.body.details).toBe(200);
    return answer.body as unknown as { subscription: PaylandsSubscription };
  };
  await post('product', { name: `Streaming ${count}`, external_id: name });
  await post('plan', {
    name: 'Monthly',
    external_id: name,
    product: name,
    amount: 1099,
    interval: 1,
    interval_type: 'MONTHLY',
    ...plan,
  });
  const { subscription } = await post('subscription', {
    plan: name,
    customer: 'user42',
    additional_data: {
      source_uuid: card,
      service: (await paylands.createOrder()).service_uuid,
    },
    total_payment_number: 12,
    payment_attempts_limit: 3,
  });
  return subscription;
}

const alt = () => ({ altId: both.location.id, altType: 'location' });

async function list(query: Record<string, string> = {}) {
  const { status, body } = await face.call(both.location.pit, 'GET /payments/subscriptions', {
    query: { ...alt(), ...query },
  });
  expect(status).toBe(200);
  expect(violationsOf('list-subscriptions', body)).toEqual([]);
  return body as { data: Record<string, unknown>[]; totalCount: number };
}

describe('a subscription of Paylands', () => {
  test('is a row of the list, with what was collected', async () => {
    const { id } = await subscribe();
    const { data, totalCount } = await list({ id, getPaymentsCollectedCount: 'true' });
    expect(totalCount).toBe(1);
    expect(data).toMatchObject([
      {
        _id: id,
        subscriptionId: id,
        altId: both.location.id,
        status: 'active',
        amount: 10.99,
        currency: 'EUR',
        liveMode: false,
        contactId: 'user42',
        entityType: 'order',
        entityId: expect.stringMatching(/^[0-9a-f]{24}$/),
        entitySourceType: 'external',
        entitySourceId: `plan-${count}`,
        entitySourceName: `Streaming ${count}`,
        paymentProviderType: 'redsys',
        paymentsCollectedCount: 1,
      },
    ]);
  });

  test('is found by order, contact, source and name, and counted', async () => {
    const before = (await list()).totalCount;
    const { id } = await subscribe();
    const [row] = (await list({ id })).data;
    expect((await list()).totalCount).toBe(before + 1);
    for (const filter of [
      { entityId: String(row?.entityId) },
      { search: `streaming ${count}` },
      { contactId: 'user42' },
      { entitySourceType: 'external' },
    ]) {
      const { data } = await list(filter);
      expect(
        data.map((one) => one._id),
        JSON.stringify(filter),
      ).toContain(id);
    }
    expect((await list({ contactId: 'somebody' })).data).toEqual([]);
  });

  test('is one answer with its schedule', async () => {
    const { id } = await subscribe();
    const request = `GET /payments/subscriptions/${id}`;
    const { status, body } = await face.call(both.location.pit, request, { query: alt() });
    expect(status).toBe(200);
    expect(violationsOf('get-subscription-by-id', body)).toEqual([]);
    expect(body).toMatchObject({
      _id: id,
      status: 'active',
      entitySource: { type: 'external', id: `plan-${count}` },
      paymentProvider: { type: 'redsys' },
      recurringProduct: { name: `Streaming ${count}` },
      schedule: { rrule: { intervalType: 'monthly', interval: 1, count: 12 } },
    });
  });

  test('has payments that are transactions of it', async () => {
    const { id, payments } = await subscribe();
    const details = JSON.parse(payments[0]?.payment_details ?? '{}');
    const rows = await both.payments({ subscriptionId: id });
    expect(rows).toMatchObject([
      {
        chargeId: details.transaction_uuid,
        status: 'succeeded',
        amount: 10.99,
        subscriptionId: id,
        entitySourceType: 'external',
        entitySourceId: `plan-${count}`,
        contactId: 'user42',
      },
    ]);
    expect(await both.orderStatus(details.order_uuid)).toMatchObject({ status: 'completed' });
  });

  test('is trialing, then canceled', async () => {
    const trial = { trial_available: true, interval_offset: 1, interval_offset_type: 'WEEKLY' };
    const { id } = await subscribe(trial);
    expect((await list({ id })).data).toMatchObject([{ status: 'trialing' }]);
    expect((await list({ id })).data[0]).not.toHaveProperty('entityId');
    const path = `/subscriptions/subscription/${id}`;
    expect((await both.paylands.send('DELETE', path, {})).status).toBe(200);
    const request = `GET /payments/subscriptions/${id}`;
    const { body } = await face.call(both.location.pit, request, { query: alt() });
    expect(violationsOf('get-subscription-by-id', body)).toEqual([]);
    expect(body).toMatchObject({ status: 'canceled', canceledAt: expect.any(String) });
  });

  test('is not shown at the locations of others', async () => {
    const { id } = await subscribe();
    const other = await face.newLocation();
    const request = `GET /payments/subscriptions/${id}`;
    const query = { altId: other.id, altType: 'location' };
    expect((await face.call(other.pit, request, { query })).status).toBe(400);
  });
});
