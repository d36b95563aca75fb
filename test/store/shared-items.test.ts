import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepare, send } from '#test/flows/play.ts';
import { scenarios } from '#test/flows/scenarios.ts';
import { type FaultyDynamo, startFaultyDynamo } from '#test/support/faulty-dynamodb.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

let dynamo: FaultyDynamo;
let stack: Stack;

beforeAll(async () => {
  dynamo = await startFaultyDynamo();
  stack = await startStack({ dynamodbEndpoint: dynamo.endpoint });
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
 * Every scenario has customers, cards, references and orders of its own, all of one merchant: what
 * is written with two orders is what two requests that have nothing in common would meet on.
 */
test('orders that have nothing in common share no item that is written', async () => {
  const owners = new Map<string, Set<string>>();
  const own = (name: string, owner: string) =>
    owners.set(name, (owners.get(name) ?? new Set()).add(owner));
  let customers = 0;
  for (const scenario of scenarios) {
    const title = `${scenario.request.operation}: ${scenario.title}`;
    dynamo.onTransaction((body) => {
      const items = itemsOf(body);
      for (const name of items) {
        // Orders of one scenario may have a reference in common.
        const isReference = name.endsWith(' REFERENCE');
        for (const order of ordersOf(items)) own(name, isReference ? title : order);
        if (!name.endsWith(' CUSTOMER')) continue;
        customers += 1;
        own(name, title);
      }
      return 'none';
    });
    await send(stack.demo, await prepare(scenario, stack.demo));
  }
  dynamo.onTransaction(() => 'none');
  expect(customers).toBeGreaterThan(50);
  expect(owners.size).toBeGreaterThan(scenarios.length);
  const shared = [...owners].filter(([, those]) => those.size > 1);
  expect(Object.fromEntries(shared.map(([name, those]) => [name, [...those]]))).toEqual({});
}, 120_000);
