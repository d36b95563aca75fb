import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetItemCommand, QueryCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { asFunction } from '#infra/local/as-function.ts';
import { guardOf } from '#infra/local/guard.ts';
import { messenger } from '#messages/messenger.ts';
import type { Grants, ScheduleDeclaration } from '#operation/declare/declaration.ts';
import { runtime } from '#operation/runtime/runtime.ts';
import { dynamoClient } from '#store/core/client.ts';
import { SERVICE } from '#test/support/orders.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { operation } from './operation.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());
afterEach(() => {
  vi.unstubAllEnvs();
});

function declaration(grants: Grants): ScheduleDeclaration {
  const rest = { kind: 'schedule', everyMinutes: 1, timeoutSeconds: 5 } as const;
  return { ...rest, name: 'probe', summary: '', grants };
}

/** What becomes of something that a function with such grants does. */
const as = <T>(grants: Grants, act: () => Promise<T>): Promise<T> =>
  asFunction(declaration(grants), act);

const ref = (order: string) => ({ ...stack.demoTenant, order, id: '1', attempt: 0 });

test('a call that no statement allows is refused by name, and never made', async () => {
  const push = () => runtime().publishPushConfirmations([ref('x')]);
  await expect(as({ sends: ['notifications'] }, push)).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringMatching(/probe .*sqs:SendMessage .*queue\/push-confirmations/),
  });
  await expect(as({ sends: ['push-confirmations'] }, push)).resolves.toBeUndefined();
});

test('a vault needs the key and the table that it is in', async () => {
  const open = () => runtime().access.vault();
  await expect(as({ access: 'read' }, open)).rejects.toThrow('kms:Decrypt on resource: key/data');
  await expect(as({ key: true }, open)).rejects.toThrow(
    'dynamodb:GetItem on resource: table/access',
  );
  await expect(as({ access: 'read', key: true }, open)).resolves.toBeDefined();
});

test('a transaction needs what each of its writes needs', async () => {
  const order = await stack.demo.createOrder();
  const read = () => runtime().store.read(stack.demoTenant, { order: order.uuid });
  await expect(as({}, read)).rejects.toThrow('dynamodb:BatchGetItem on resource: table/ledger');
  const found = await as({ ledger: ['read'] }, read);
  const { order: before } = found;
  if (before === null) throw new Error('The order was not found');
  const commit = () =>
    runtime().store.commit(stack.demoTenant, [
      {
        change: 'order',
        order: { ...before, version: before.version + 1 },
        due: { kind: 'none' },
        testClock: false,
      },
    ]);
  await expect(as({ ledger: ['read'] }, commit)).rejects.toThrow('dynamodb:PutItem');
  expect((await as({ ledger: ['read'] }, read)).order).toEqual(before);
  await as({ ledger: ['read', 'put'] }, commit);
});

test('mail and SMS need the grant to send messages', async () => {
  const send = (to: string) => () => messenger(runtime())({ channel: 'sms', to, text: 'Hello' });
  await expect(as({}, send('+34600000000'))).rejects.toThrow('sns:Publish on resource: phone');
  await expect(as({ messages: ['mail', 'sms'] }, send('+34600000000'))).resolves.toBeUndefined();
  const mail = { channel: 'mail', to: 'a@b.es', subject: 'Hello', text: 'Hello' } as const;
  await expect(as({}, () => messenger(runtime())(mail))).rejects.toThrow('ses:SendEmail');
});

test('to ask an acquirer needs the grant, to see that there is one does not', async () => {
  const vault = await as({ access: 'read', key: true }, () => runtime().access.vault());
  const ask = async () => runtime().acquirerOf(SERVICE, vault);
  const keep = async () => runtime().cardAcquirer('sandbox', vault);
  for (const act of [ask, keep]) {
    await expect(as({ ledger: ['read', 'put'] }, act)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(/probe .*acquirer:Ask on resource: acquirer/),
    });
    await expect(as({ acquirer: true }, act)).resolves.toHaveProperty('perform');
  }
  await as({}, async () => runtime().requireAcquirer(SERVICE));
  const without = async () => runtime().requireAcquirer({ ...SERVICE, acquirer: 'paylands' });
  await expect(as({}, without)).rejects.toThrow('acquirer_not_configured');
});

test('what is none of the stage’s is refused to everybody', async () => {
  const client = dynamoClient(process.env.DYNAMODB_ENDPOINT);
  guardOf(declaration({ ledger: ['read', 'put'], access: 'list' })).watch(client);
  const key = { pk: { S: 'x' }, sk: { S: 'x' } };
  const other = { TableName: 'other', Key: key };
  await expect(client.send(new GetItemCommand(other))).rejects.toThrow('table/other');
  const unknown = { TableName: 'ledger', IndexName: 'unknown' };
  await expect(client.send(new QueryCommand(unknown))).rejects.toThrow(
    'table/ledger/index/unknown',
  );
  const write = { Put: { TableName: 'access', Item: key } };
  const transaction = new TransactWriteItemsCommand({ TransactItems: [write] });
  await expect(client.send(transaction)).rejects.toThrow(
    'dynamodb:PutItem on resource: table/access',
  );
  client.destroy();
});

test('a function finds its own environment and no more', async () => {
  const settings = await as({}, async () => runtime().settings);
  expect(settings.NOTIFICATIONS_QUEUE_URL).toBeUndefined();
  expect(settings.LOCAL_KEY_FILE).toBeUndefined();
  expect(settings.MAILBOX_FILE).toBeUndefined();
});

test('which errors are answered is written down, each once, with whether it is declared', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pasarela-guard-'));
  vi.stubEnv('GRANTS_RECORD', folder);
  const { declaration: getOrder } = operation('get-order', ['GET /order']);
  const guard = guardOf({ ...getOrder, errors: ['order_not_found'] } as typeof getOrder);
  for (const code of ['order_not_found', 'order_busy', 'order_busy']) guard.noteError(code);
  const [file = ''] = await readdir(folder);
  const lines = (await readFile(join(folder, file), 'utf8')).trimEnd().split('\n');
  await rm(folder, { recursive: true });
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { function: 'get-order', action: 'error', resource: 'order_not_found', isAllowed: true },
    { function: 'get-order', action: 'error', resource: 'order_busy', isAllowed: false },
  ]);
});
