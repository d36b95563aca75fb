import type { BatchGetItemCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { AccessStore } from '#store/access/access-store.ts';
import { batchGet } from '#store/core/batch.ts';
import { keyOf } from '#store/core/items.ts';
import type { Key } from '#store/core/keys.ts';

const key = (name: string): Key => ({ pk: name, sk: 'X' });

/** Has every item but those that are missing, and fails when it is told. */
class Engine {
  readonly calls: { table: string; names: string[]; isConsistent: boolean }[] = [];
  failure: Error | null = null;

  async send(command: BatchGetItemCommand) {
    const [[table, { Keys = [], ConsistentRead = false }] = ['', {}]] = Object.entries(
      command.input.RequestItems ?? {},
    );
    const names = Keys.map(({ pk }) => pk?.S ?? '');
    this.calls.push({ table, names, isConsistent: ConsistentRead });
    if (this.failure !== null) throw this.failure;
    const found = names.filter((name) => !name.startsWith('missing'));
    return { Responses: { [table]: found.map((name) => keyOf(key(name))) } };
  }
}

function start() {
  const engine = new Engine();
  const client = engine as unknown as DynamoDBClient;
  const read = async (...names: string[]) => {
    const found = await batchGet(client, 'ledger', names.map(key));
    return [...found.values()].map(({ pk }) => pk?.S);
  };
  return { engine, client, read };
}

test('what is read in one turn goes out in one call, and each gets its own', async () => {
  const { engine, read } = start();
  const found = await Promise.all([read('a', 'b'), read('b', 'missing'), read('c', 'c'), read()]);
  expect(found).toEqual([['a', 'b'], ['b'], ['c'], []]);
  expect(engine.calls.map(({ names }) => names)).toEqual([['a', 'b', 'missing', 'c']]);
});

test('what is read later goes out again: nothing is remembered', async () => {
  const { engine, read } = start();
  await read('a');
  await read('a');
  expect(engine.calls).toHaveLength(2);
});

test('a hundred items are a call, more are several', async () => {
  const { engine, read } = start();
  const names = Array.from({ length: 250 }, (_, index) => String(index));
  const found = await Promise.all(names.map((name) => read(name)));
  expect(found.flat()).toEqual(names);
  expect(engine.calls.map((call) => call.names.length)).toEqual([100, 100, 50]);
});

test('tables, clients and how fresh it has to be stay apart', async () => {
  const [one, other] = [start(), start()];
  await Promise.all([
    one.read('a'),
    other.read('a'),
    batchGet(one.client, 'access', [key('a')]),
    batchGet(one.client, 'ledger', [key('a')], 'soon'),
  ]);
  const { calls } = one.engine;
  expect(calls.map(({ table, isConsistent }) => [table, isConsistent])).toEqual([
    ['ledger', true],
    ['access', true],
    ['ledger', false],
  ]);
  expect(other.engine.calls).toHaveLength(1);
});

test('a call that fails fails for all who share it, and the next is made anew', async () => {
  const { engine, read } = start();
  engine.failure = new Error('no engine');
  const results = await Promise.allSettled([read('a'), read('b')]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  engine.failure = null;
  expect(await read('a')).toEqual(['a']);
});

/** Reading a merchant needs no key. */
async function noKey(): Promise<never> {
  throw new Error('no key is needed');
}

test('who asks for a merchant in one turn shares one reading, who asks later gets another', async () => {
  const read: unknown[] = [];
  const client = {
    async send({ input }: GetItemCommand) {
      read.push(input.Key?.pk?.S);
      return {};
    },
  } as unknown as DynamoDBClient;
  const access = new AccessStore(client, 'access', { wrap: noKey, unwrap: noKey });
  const find = (merchant: string) => access.findMerchant({ merchant, environment: 'sandbox' });
  expect(await Promise.all([find('A'), find('B'), find('A')])).toEqual([null, null, null]);
  expect(read).toHaveLength(2);
  await find('A');
  expect(read).toHaveLength(3);
});
