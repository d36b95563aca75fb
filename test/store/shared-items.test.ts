import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations, prepare, send } from '#test/flows/play.ts';
import { successOf } from '#test/flows/scenarios.ts';
import { type FaultyDynamo, startFaultyDynamo } from '#test/support/faulty-dynamodb.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

let dynamo: FaultyDynamo;
let stack: Stack;

beforeAll(async () => {
  dynamo = await startFaultyDynamo();
  stack = await startStack({ dynamodbEndpoint: dynamo.endpoint, remembers: true });
});
afterAll(async () => {
  await stack.stop();
  await dynamo.stop();
});

interface Write {
  Item?: { pk: { S: string }; sk: { S: string } };
  Key?: { pk: { S: string }; sk: { S: string } };
}

/** The items that a request to DynamoDB writes or checks. */
function itemsOf(body: string): string[] {
  const { TransactItems, ...single } = JSON.parse(body);
  const writes: Write[] = TransactItems?.flatMap(Object.values) ?? [single];
  return writes.map(({ Item, Key }) => `${(Item ?? Key)?.pk.S} ${(Item ?? Key)?.sk.S}`);
}

/** The orders that a write is about: what it changes together with an order belongs to it. */
function ordersOf(items: readonly string[]): string[] {
  return items.flatMap((name) => /#ORDER#([0-9A-F-]{36})/.exec(name)?.[1] ?? []);
}

/**
 * Orders may have a reference in common, and the item by which one of them is found; those of one
 * subscription have its items in common.
 */
const isCommon = (name: string) =>
  name.endsWith(' REFERENCE') || /#SUBSCRIPTIONS?[# ].*[0-9a-f]{24}/.test(name);

/**
 * Every scenario has customers, cards and orders of its own, all of one merchant: what is written
 * with two orders is what two requests that have nothing in common would meet on.
 */
test('orders that have nothing in common share no item that is written', async () => {
  const owners = new Map<string, Set<string>>();
  dynamo.onTransaction((body) => {
    const items = itemsOf(body);
    for (const name of items.filter((one) => !isCommon(one))) {
      const own = owners.get(name) ?? new Set();
      for (const order of ordersOf(items)) own.add(order);
      owners.set(name, own);
    }
    return 'none';
  });
  const successes = operations.map(({ name }) => successOf(name));
  const left = [...successes, ...successes][Symbol.iterator]();
  const work = async () => {
    for (const scenario of left) await send(stack.demo, await prepare(scenario, stack.demo));
  };
  await Promise.all(Array.from({ length: 4 }, work));
  dynamo.calm();
  const orders = [...owners.keys()].flatMap((name) => ordersOf([name]));
  expect(new Set(orders).size).toBeGreaterThan(operations.length / 2);
  const shared = [...owners].filter(([, those]) => those.size > 1);
  expect(Object.fromEntries(shared.map(([name, those]) => [name, [...those]]))).toEqual({});
}, 120_000);
