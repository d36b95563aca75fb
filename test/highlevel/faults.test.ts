import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { setFaults } from '#administration/merchants.ts';
import { runtime } from '#operation/runtime/runtime.ts';
import { type BothFaces, bothFaces, idOf } from '#test/highlevel/support/both-faces.ts';
import { type Face, startFace } from '#test/highlevel/support/locations.ts';
import { eventually } from '#test/support/eventually.ts';
import { startReceiver } from '#test/support/receiver.ts';

let face: Face;
let both: BothFaces;

beforeAll(async () => {
  face = await startFace();
});
afterAll(() => face.stop());
beforeEach(async () => {
  both = await bothFaces(face);
});

/** Records a payment in cash, with what is to go wrong. */
function record(order: string, fault: string | null, key: string) {
  const { id, pit } = both.location;
  const body = { altId: id, altType: 'location', mode: 'cash' };
  return face.call(pit, `POST /payments/orders/${idOf(order)}/record-payment`, {
    body,
    key,
    ...(fault === null ? {} : { headers: { 'pasarela-fault': fault } }),
  });
}

test.each([500, 502, 503, 504])('an answer of %s has done nothing', async (status) => {
  const { uuid } = await both.paylands.createOrder();
  expect((await record(uuid, `error=${status}`, 'before')).status).toBe(status);
  expect((await both.paylands.order(uuid)).captured).toBe(0);
});

test('an answer that is lost is there for the same key, and the payment is recorded once', async () => {
  const { uuid } = await both.paylands.createOrder();
  expect((await record(uuid, 'error-after', 'lost')).status).toBe(500);
  const again = await record(uuid, null, 'lost');
  expect(again).toMatchObject({ status: 200, body: { success: true } });
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(await both.paylands.order(uuid)).toMatchObject({ status: 'SUCCESS', captured: 1000 });
});

test('notifications come twice', async () => {
  const receiver = await startReceiver();
  const { uuid } = await both.paylands.createOrder({ url_post: receiver.at('/twice') });
  expect((await record(uuid, 'notify-twice', 'twice')).status).toBe(200);
  await eventually(() => expect(receiver.received('/twice')).toHaveLength(2));
  await receiver.close();
});

test('a fault that there is not is a violation that says what there is', async () => {
  const { uuid } = await both.paylands.createOrder();
  const answer = await record(uuid, 'nonsense', 'nonsense');
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body)).toContain('Pasarela-Fault is not valid');
  expect((await both.paylands.order(uuid)).captured).toBe(0);
});

test('what a merchant has set holds here too', async () => {
  const { uuid } = await both.paylands.createOrder();
  const { access } = runtime();
  await setFaults(access, both.location.tenant, { answer: { when: 'before', status: 503 } });
  expect((await record(uuid, null, 'set')).status).toBe(503);
  // A header counts more.
  expect((await record(uuid, 'notify-twice', 'set')).status).toBe(200);
});

test('faults are not for live locations', async () => {
  const live = await face.newLocation('live');
  const answer = await face.call(live.pit, 'GET /payments/orders', {
    query: { altId: live.id, altType: 'location' },
    headers: { 'pasarela-fault': 'error' },
  });
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body)).toContain('Pasarela-Fault is for the sandbox');
});
