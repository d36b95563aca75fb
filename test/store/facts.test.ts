import {
  BatchGetItemCommand,
  type DynamoDBClient,
  InternalServerError,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Facts } from '#store/core/facts.ts';
import { item } from '#store/core/items.ts';

const fact = (name: string, isExpected = true) => ({
  item: item({ pk: name, sk: 'X' }, {}),
  isExpected,
});

/** Has some items, notes what it is asked, and fails reads and writes when it is told. */
class Engine {
  readonly calls: string[] = [];
  failure: Error | null = null;
  writeFailure: Error | null = null;
  readonly #there: string[];

  constructor(...there: string[]) {
    this.#there = there;
  }

  async send(command: BatchGetItemCommand | PutItemCommand) {
    if (command instanceof PutItemCommand) {
      this.calls.push(`put ${command.input.Item?.pk?.S}`);
      if (this.writeFailure !== null) throw this.writeFailure;
      return {};
    }
    if (!(command instanceof BatchGetItemCommand)) throw new Error('Nothing else is sent');
    const names = command.input.RequestItems?.ledger?.Keys?.map(({ pk }) => pk?.S ?? '') ?? [];
    this.calls.push(`look ${names.join(' ')}`);
    if (this.failure !== null) throw this.failure;
    const found = names.filter((name) => this.#there.includes(name));
    return { Responses: { ledger: found.map((name) => fact(name).item) } };
  }
}

let engine: Engine;
let facts: Facts;

beforeEach(() => {
  engine = new Engine('known');
  facts = new Facts(engine as unknown as DynamoDBClient, 'ledger');
});

afterEach(() => vi.restoreAllMocks());

describe('facts', () => {
  test('that are there as expected are read and not written, and not asked for again', async () => {
    await facts.keepAfter(Promise.resolve(), [fact('known')]);
    await facts.keepAfter(Promise.resolve(), [fact('known')]);
    expect(engine.calls).toEqual(['look known']);
  });

  test('are looked for again when somebody may have deleted them meanwhile', async () => {
    await facts.keepAfter(Promise.resolve(), [fact('known')]);
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
    await facts.keepAfter(Promise.resolve(), [fact('known')]);
    expect(engine.calls).toEqual(['look known', 'look known']);
  });

  test('that are missing are written once what they come with is', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const kept = facts.keepAfter(promise, [fact('new')]);
    await new Promise(setImmediate);
    expect(engine.calls).toEqual(['look new']);
    resolve();
    await kept;
    expect(engine.calls).toEqual(['look new', 'put new']);
  });

  test('that nobody expects are written without a look', async () => {
    await facts.keepAfter(Promise.resolve(), [fact('word', false)]);
    expect(engine.calls).toEqual(['put word']);
  });

  test('are written when nobody says whether they are there', async () => {
    engine.failure = new InternalServerError({ message: 'Down', $metadata: {} });
    await facts.keepAfter(Promise.resolve(), [fact('known')]);
    expect(engine.calls).toEqual(['look known', 'put known']);
  });

  test('of which nobody knows whether they are written are written again the next time', async () => {
    engine.writeFailure = new InternalServerError({ message: 'Down', $metadata: {} });
    await facts.keepAfter(Promise.resolve(), [fact('word', false)]);
    engine.writeFailure = null;
    await facts.keepAfter(Promise.resolve(), [fact('word', false)]);
    await facts.keepAfter(Promise.resolve(), [fact('word', false)]);
    expect(engine.calls).toEqual(['put word', 'put word']);
  });

  test('do not come without what they come with, whose failure is told', async () => {
    engine.failure = new Error('A bug');
    const lost = Promise.reject(new Error('Not written'));
    await expect(facts.keepAfter(lost, [fact('new')])).rejects.toThrow('Not written');
    await expect(facts.keepAfter(Promise.resolve(), [fact('new')])).rejects.toThrow('A bug');
    expect(engine.calls).toEqual(['look new', 'look new']);
  });
});
