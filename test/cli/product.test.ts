import { afterAll, beforeAll, expect, test } from 'vitest';
import { adminJson, runAdmin } from '#test/support/admin.ts';
import { Client } from '#test/support/client.ts';
import { type LocalProcess, startProcess } from '#test/support/local-process.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const folder = temporaryFolder();
const environment = { DATA_DIR: folder.path };
let server: LocalProcess;

beforeAll(async () => {
  server = await startProcess(folder.path, { LOG_LEVEL: 'silent' });
  const body = { name: 'Magazine', external_id: 'magazine', notification_url: null };
  const answer = await new Client(server.demo.paylands).post('/subscriptions/product', body);
  expect(answer.status, answer.text).toBe(200);
});
afterAll(async () => {
  await server.end('SIGTERM');
  folder[Symbol.dispose]();
});

test('the days until a failed charge is tried again are a setting of the product', async () => {
  const shown = async () => (await runAdmin(environment, 'product', 'list', 'Demo')).stdout;
  expect(await shown()).toMatch(/^magazine +Magazine +1 day/m);
  expect(await adminJson(environment, 'product', 'retry', 'Demo', 'magazine', '3')).toMatchObject({
    externalId: 'magazine',
    retryDays: 3,
  });
  expect(await shown()).toMatch(/^magazine +Magazine +3 days/m);
});

test.each([
  { product: 'magazine', days: '0', says: 'Retries are made 1 to 30 days later' },
  { product: 'magazine', days: '31', says: 'Retries are made 1 to 30 days later' },
  { product: 'magazine', days: 'soon', says: 'Retries are made 1 to 30 days later' },
  { product: 'newspaper', days: '2', says: 'product_not_found' },
])('$product after $days days is refused', async ({ product, days, says }) => {
  const { code, stderr } = await runAdmin(environment, 'product', 'retry', 'Demo', product, days);
  expect(code).toBe(1);
  expect(stderr).toContain(says);
});
