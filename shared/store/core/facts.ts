import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { type Deadline, deadlineIn } from '#ledger/core/deadline.ts';
import { nameOf } from './batch.ts';
import { isUnclear } from './commit-failures.ts';
import type { Attributes } from './items.ts';

/** How many facts an instance remembers having seen. */
const MAX_KNOWN = 10_000;

/** How long writing a fact may take where the caller has no deadline. */
const DEFAULT_MS = 5000;

/**
 * Writes what does not change once it is there, such as a customer: every item by itself and only
 * where nothing is, so that simultaneous requests do not stand in each other's way, and not again by
 * an instance that knows it is there.
 */
export class Facts {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #known = new Set<string>();

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async keep(items: readonly Attributes[], deadline = deadlineIn(DEFAULT_MS)): Promise<void> {
    const named = new Map(
      items.map((item) => [nameOf({ pk: item.pk?.S ?? '', sk: item.sk?.S ?? '' }), item]),
    );
    const unknown = [...named].filter(([name]) => !this.#known.has(name));
    await Promise.all(
      unknown.map(async ([name, item]) => {
        if (!(await this.#put(item, deadline))) return;
        if (this.#known.size >= MAX_KNOWN) this.#known.clear();
        this.#known.add(name);
      }),
    );
  }

  /**
   * Whether it is known to be written. If not, the request goes on: the commit stands, and the next
   * request about the same entity writes it.
   */
  async #put(Item: Attributes, deadline: Deadline): Promise<boolean> {
    const ConditionExpression = 'attribute_not_exists(pk)';
    try {
      await this.#client.send(
        new PutItemCommand({ TableName: this.#table, Item, ConditionExpression }),
        { abortSignal: AbortSignal.timeout(Math.max(0, Math.ceil(deadline.remainingMs()))) },
      );
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return true;
      const isBusy = error instanceof TransactionConflictException;
      if (isBusy || isUnclear(error, true)) return false;
      throw error;
    }
    return true;
  }
}
