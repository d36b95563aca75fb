import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO } from '#infra/local/demo.ts';
import { adminJson, runAdmin } from '#test/support/admin.ts';
import { call, createOrder } from '#test/support/demo-client.ts';
import { eventually } from '#test/support/eventually.ts';
import { type LocalProcess, startProcess } from '#test/support/local-process.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const folder = temporaryFolder();
const environment = { DATA_DIR: folder.path };
let server: LocalProcess;
let receiver: Server;
const received: { order: { uuid: string; status: string } }[] = [];

const admin = (...args: string[]) => runAdmin(environment, ...args);
const json = (...args: string[]) => adminJson(environment, ...args);

beforeAll(async () => {
  server = await startProcess(folder.path, { SCHEDULE_SECONDS: '0.2', ACCESS_CACHE_SECONDS: '0' });
  receiver = createServer(async (request, response) => {
    const chunks = await Array.fromAsync(request);
    received.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
});

afterAll(async () => {
  receiver.close();
  await server.end('SIGTERM');
  folder[Symbol.dispose]();
});

const receiverUrl = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;

/** Pays an order with a card of its customer; the result is the order's uuid. */
async function paidOrder(reference: string): Promise<string> {
  const { demo } = server;
  const order = await createOrder(demo, { reference, url_post: receiverUrl() });
  const { body } = await call(demo, '/payment-method/card', {
    customer_ext_id: 'user42',
    card_holder: 'John Doe',
    card_pan: '5590337536718399',
    card_expiry_month: '12',
    card_expiry_year: '34',
    card_cvv: '123',
  });
  const charge = { order_uuid: order, card_uuid: body.Source?.uuid };
  expect((await call(demo, '/payment/direct', charge)).body.order?.status).toBe('SUCCESS');
  return order;
}

describe('admin beside a running server', () => {
  test('has a sandbox merchant go wrong, and right again', async () => {
    await json('merchant', 'create', 'Faulty', '--environment', 'sandbox');
    const set = await admin('merchant', 'faults', 'Faulty', 'timeout,notify-late=30');
    expect(set.stdout).toBe('Faulty: timeout, notify-late=30\n');
    const wrong = await admin('merchant', 'faults', 'Faulty', 'broken');
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('refused, timeout') });
    expect((await admin('merchant', 'show', 'Faulty')).stdout).toMatch(/faults +timeout, notify/);
    expect((await admin('merchant', 'faults', 'Faulty', 'none')).stdout).toBe('Faulty: none\n');
  });

  test('shows an order by uuid, reference and token, and resends its notification', async () => {
    const before = await json('merchant', 'count', DEMO.merchant);
    const order = await paidOrder('invoice-1');
    await eventually(() => expect(received).toHaveLength(1));
    const after = await json('merchant', 'count', DEMO.merchant);
    expect(Number(after.payments)).toBe(Number(before.payments) + 1);
    const token = (await call(server.demo, `/order/${order}`)).body.order?.token ?? '';
    const notification = await eventually(async () => {
      const { stdout } = await admin('order', 'show', order);
      expect(stdout).toMatch(/captured +10\.50 EUR/);
      expect(stdout).toMatch(/ sale +succeeded +10\.50 EUR/);
      expect(stdout).toMatch(/\n[0-9a-f]{24} +\S+Z +200 +\d+ ms/);
      const found = /NOTIFICATION.*\n([0-9a-f]{24}) +paid +delivered +1 /.exec(stdout);
      return found?.[1] ?? expect.fail(stdout);
    });
    for (const name of ['invoice-1', token, order.toLowerCase()]) {
      const shown: unknown = await json('order', 'show', name);
      expect(shown).toMatchObject({
        order: { uuid: order },
        notifications: [{ id: notification }],
      });
    }

    const resent = await admin('notification', 'resend', order, notification);
    expect(resent.stdout).toBe(`Attempt 2 at ${receiverUrl()} is due now.\n`);
    await eventually(() => expect(received).toHaveLength(2));
    expect(received[1]).toMatchObject({ order: { uuid: order, status: 'SUCCESS' } });
    expect((await admin('notification', 'resend', order, 'f'.repeat(24))).stderr).toContain(
      'The order has no notification',
    );
  });

  test('moves the clock of one merchant, whose open orders then expire', async () => {
    const other = await json('merchant', 'create', 'Other');
    await json('service', 'create', 'other', '--type', 'PAYLANDS', '--currency', 'EUR');
    const { apiKey = '' } = await json('key', 'create', 'other');
    const others = structuredClone(server.demo);
    others.paylands = { ...others.paylands, apiKey, signature: other.signature ?? '' };
    const [order, untouched] = await Promise.all([
      createOrder(server.demo),
      createOrder(others, { service: null }),
    ]);
    expect(await json('clock', 'show', 'demo')).toMatchObject({ clockOffsetMs: 0 });
    const moved = await json('clock', 'advance', 'demo', '1d12h');
    expect(moved).toMatchObject({ clockOffsetMs: 129_600_000 });
    // This order, and the open one that the demo merchant begins with.
    expect(moved.ordersMoved).toBe(2);
    await eventually(async () => {
      expect((await call(server.demo, `/order/${order}`)).body.order?.status).toBe('EXPIRED');
    });
    expect((await call(others, `/order/${untouched}`)).body.order?.status).toBe('CREATED');

    const later = await createOrder(server.demo);
    await json('clock', 'set', 'demo', '2030-01-01T00:00:00Z');
    expect((await admin('clock', 'show', 'demo')).stdout).toContain('2030-01-01T00:0');
    await eventually(async () => {
      expect((await call(server.demo, `/order/${later}`)).body.order?.status).toBe('EXPIRED');
    });
  });

  test('rotates a signature and revokes a key, and the server follows', async () => {
    const merchant = await json('merchant', 'create', 'Rotating');
    const key = await json('key', 'create', 'rotating');
    const demo = structuredClone(server.demo);
    const { apiKey = '', id = '' } = key;
    demo.paylands = { ...demo.paylands, apiKey, signature: merchant.signature ?? '' };
    const customer = { customer_ext_id: 'someone' };
    expect((await call(demo, '/customer', customer)).status).toBe(200);
    const { signature = '' } = await json('signature', 'rotate', 'rotating', '--yes');
    expect((await call(demo, '/customer', customer)).status).toBe(403);
    demo.paylands.signature = signature;
    expect((await call(demo, '/customer', customer)).status).toBe(200);
    await json('key', 'revoke', 'rotating', id, '--yes');
    expect((await call(demo, '/customer', customer)).status).toBe(401);
  });
});
