import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  type Put,
  PutItemCommand,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { type Deadline, deadlineIn, within } from '#ledger/core/deadline.ts';
import type { Fact } from './aggregate.ts';
import { batchGet, nameOf } from './batch.ts';
import { endingIn } from './client.ts';
import { isUnclear } from './commit-failures.ts';
import { isGone, overDeletion } from './deleted.ts';
import type { Attributes } from './items.ts';
import type { Key } from './keys.ts';
import { NOTHING_THERE } from './writes.ts';

/** Items by their names. */
type Found = ReadonlyMap<string, Attributes>;

/** How many facts an instance remembers having seen. */
const MAX_KNOWN = 10_000;

/** How long an instance remembers them: another one may have deleted what is there, a customer. */
const KNOWN_MS = 60_000;

/** How long writing a fact may take where the caller has no deadline. */
const DEFAULT_MS = 5000;

/**
 * Writes what does not change once it is there, such as a customer: every item by itself and only
 * where nothing is, so that simultaneous requests do not stand in each other's way, and not again by
 * an instance that has just seen it there.
 */
export class Facts {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  /** When it forgets each. */
  readonly #known = new Map<string, number>();

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /**
   * Keeps facts once what comes with them is written. A write that finds its item there costs as
   * much as one that does not, and a read a tenth of it: those that are expected to be there are
   * looked for meanwhile.
   */
  async keepAfter(
    written: Promise<void>,
    facts: readonly Fact[],
    deadline = deadlineIn(DEFAULT_MS),
  ): Promise<void> {
    const unknown = new Map(
      facts
        .map((fact) => [nameOf(keyIn(fact.item)), fact] as const)
        .filter(([name]) => !this.#isKnown(name)),
    );
    const looked = this.#find([...unknown.values()], deadline);
    // Whoever failed to write does not wait for it.
    looked.catch(() => {});
    await written;
    const found = await looked;
    await Promise.all(
      [...unknown].map(async ([name, { item }]) => {
        const there = found.get(name);
        const isThere = there !== undefined && !isGone(there);
        if (isThere || (await this.#put(item, deadline))) this.#remember(name);
      }),
    );
  }

  #isKnown(name: string): boolean {
    return (this.#known.get(name) ?? 0) > Date.now();
  }

  #remember(name: string): void {
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    this.#known.set(name, Date.now() + KNOWN_MS);
  }

  /** Those of the facts that are there and were expected to be; none when nobody says so. */
  async #find(facts: readonly Fact[], deadline: Deadline): Promise<Found> {
    const keys = facts.filter((fact) => fact.isExpected).map((fact) => keyIn(fact.item));
    try {
      const found = batchGet(this.#client, this.#table, keys, 'soon');
      return await within(found, deadline.remainingMs(), () => new Map());
    } catch (error) {
      if (isUnclear(error, true)) return new Map();
      throw error;
    }
  }

  /**
   * Whether it is known to be written. If not, the request goes on: the commit stands, and the next
   * request about the same entity writes it.
   */
  async #put(Item: Attributes, deadline: Deadline, deletion?: Attributes): Promise<boolean> {
    const put: Put = {
      TableName: this.#table,
      Item,
      ConditionExpression: NOTHING_THERE,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    };
    try {
      await this.#client.send(
        new PutItemCommand(deletion === undefined ? put : overDeletion(put, deletion)),
        endingIn(deadline.remainingMs()),
      );
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) {
        const isDeleted = deletion === undefined && isGone(error.Item);
        return isDeleted ? this.#put(Item, deadline, error.Item) : true;
      }
      const isBusy = error instanceof TransactionConflictException;
      if (isBusy || isUnclear(error, true)) return false;
      throw error;
    }
    return true;
  }
}

function keyIn({ pk, sk }: Attributes): Key {
  return { pk: pk?.S ?? '', sk: sk?.S ?? '' };
}
