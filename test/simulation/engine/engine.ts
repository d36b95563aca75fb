import { createHash } from 'node:crypto';
import { TABLES } from '#infra/resources.ts';
import { Evaluator, type Placeholders } from './evaluate.ts';
import { type QueryInput, runQuery } from './query.ts';
import { keyOf, nameOf, Table } from './tables.ts';
import { EngineError, type Item, invalid } from './values.ts';

const MAX_TRANSACTION_ITEMS = 100;
const MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;
const TOKEN_KEPT_MS = 10 * 60_000;

/** What time does to the engine, which knows none of its own. */
export interface Surroundings {
  nowMs(): number;
  /** How late a copy of the next write is. */
  lagMs(): number;
  /** How long a transaction holds its items between looking at them and writing them. */
  holdMs(): number;
  /** How many items the next page has at most. */
  pageItems(): number;
  wait(ms: number): Promise<void>;
}

interface Conditional extends Placeholders {
  TableName: string;
  ConditionExpression?: string;
  ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE';
  ReturnValues?: 'ALL_NEW' | 'NONE';
}

type Write = Conditional & { Item?: Item; Key?: Item; UpdateExpression?: string };
type WriteKind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';

interface PlannedWrite {
  kind: WriteKind;
  write: Write;
  table: Table;
  key: Item;
  name: string;
}

interface TokenUse {
  digest: string;
  atMs: number;
  state: 'running' | 'done';
}

type Input = Record<string, unknown>;

/**
 * DynamoDB in memory, as far as the store uses it: items, transactions with conditions and client
 * tokens, and indexes that follow late. What it does not know, it refuses loudly.
 */
export class Engine {
  readonly tables: ReadonlyMap<string, Table>;
  readonly #around: Surroundings;
  /** Items that a transaction under way holds. */
  readonly #held = new Set<string>();
  readonly #tokens = new Map<string, TokenUse>();

  constructor(around: Surroundings) {
    this.#around = around;
    this.tables = new Map(
      TABLES.map((table) => [table.name, new Table(table, () => around.lagMs())]),
    );
  }

  /**
   * Runs an operation; a transaction holds its items for so long.
   * @throws EngineError as DynamoDB answers it
   */
  async run(operation: string, input: Input, holdMs = this.#around.holdMs()): Promise<object> {
    switch (operation) {
      case 'GetItem':
        return this.#get(input as never);
      case 'BatchGetItem':
        return this.#batchGet(input as never);
      case 'Query':
        return this.#query(input as never);
      case 'PutItem':
        return this.#single('Put', input as never);
      case 'UpdateItem':
        return this.#single('Update', input as never);
      case 'DeleteItem':
        return this.#single('Delete', input as never);
      case 'TransactWriteItems':
        return this.#transact(input as never, holdMs);
      default:
        throw new Error(`The engine does not know ${operation}`);
    }
  }

  #table(name: string): Table {
    const table = this.tables.get(name);
    if (table === undefined) throw new EngineError('ResourceNotFoundException', name);
    return table;
  }

  #get(input: { TableName: string; Key: Item; ConsistentRead?: boolean }): object {
    const table = this.#table(input.TableName);
    if (input.ConsistentRead !== true) throw new Error('Only consistent items are read');
    const Item = table.get(keyOf(input.Key));
    return Item === undefined ? {} : { Item };
  }

  /** Every item is as it was at one moment, not all at the same: a batch is no transaction. */
  async #batchGet(input: {
    RequestItems: Record<string, { Keys: Item[]; ConsistentRead?: boolean }>;
  }): Promise<object> {
    const Responses: Record<string, Item[]> = {};
    const UnprocessedKeys: Record<string, object> = {};
    for (const [name, { Keys, ConsistentRead }] of Object.entries(input.RequestItems)) {
      if (Keys.length > 100) throw invalid('Too many items requested for the BatchGetItem call');
      if (new Set(Keys.map(nameOf)).size < Keys.length) {
        throw invalid('Provided list of item keys contains duplicates');
      }
      const most = this.#around.pageItems();
      const found: Item[] = [];
      for (const [index, key] of Keys.slice(0, most).entries()) {
        if (index > 0) await this.#around.wait(this.#around.holdMs() / 4);
        const item = this.#table(name).get(keyOf(key));
        if (item !== undefined) found.push(item);
      }
      Responses[name] = found;
      if (Keys.length > most) UnprocessedKeys[name] = { Keys: Keys.slice(most), ConsistentRead };
    }
    return { Responses, UnprocessedKeys };
  }

  #query(input: QueryInput): object {
    const view = this.#table(input.TableName).view(input.IndexName, input.ConsistentRead === true);
    return runQuery(input, view, this.#around.nowMs(), this.#around.pageItems());
  }

  #single(kind: WriteKind, write: Write): object {
    const planned = this.#plan(kind, write);
    if (this.#held.has(planned.name)) {
      throw new EngineError('TransactionConflictException', 'Transaction is ongoing for the item');
    }
    const before = planned.table.get(planned.key);
    if (!conditionHolds(planned.write, before)) {
      const isShown = write.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
      throw new EngineError(
        'ConditionalCheckFailedException',
        'The conditional request failed',
        isShown && before !== undefined ? { Item: before } : {},
      );
    }
    this.#apply(planned);
    const after = planned.table.get(planned.key);
    return write.ReturnValues === 'ALL_NEW' && after !== undefined ? { Attributes: after } : {};
  }

  async #transact(
    input: { TransactItems: Partial<Record<WriteKind, Write>>[]; ClientRequestToken?: string },
    holdMs: number,
  ): Promise<object> {
    const { TransactItems, ClientRequestToken: token = '' } = input;
    const digest = createHash('sha256').update(JSON.stringify(TransactItems)).digest('hex');
    const now = this.#around.nowMs();
    const earlier = this.#tokens.get(token);
    if (earlier !== undefined && earlier.atMs + TOKEN_KEPT_MS > now) {
      if (earlier.digest !== digest) {
        throw new EngineError('IdempotentParameterMismatchException', 'The token was used before');
      }
      if (earlier.state === 'done') return {};
      throw new EngineError('TransactionInProgressException', 'The transaction is in progress');
    }
    const planned = this.#planAll(TransactItems);
    // Kept while it runs and when it was written: one that was cancelled may be asked for again.
    const use: TokenUse = { digest, atMs: now, state: 'running' };
    if (token !== '') this.#tokens.set(token, use);
    try {
      this.#prepare(planned);
      for (const { name } of planned) this.#held.add(name);
      await this.#around.wait(holdMs);
    } catch (error) {
      this.#tokens.delete(token);
      throw error;
    }
    for (const one of planned) {
      this.#held.delete(one.name);
      this.#apply(one);
    }
    use.state = 'done';
    return {};
  }

  #planAll(items: readonly Partial<Record<WriteKind, Write>>[]): PlannedWrite[] {
    if (items.length === 0 || items.length > MAX_TRANSACTION_ITEMS) {
      throw invalid(`A transaction has 1 to ${MAX_TRANSACTION_ITEMS} items, not ${items.length}`);
    }
    const planned = items.map((one) => {
      const [entry] = Object.entries(one);
      if (entry === undefined) throw invalid('A transaction item does nothing');
      return this.#plan(entry[0] as WriteKind, entry[1]);
    });
    if (new Set(planned.map((one) => one.name)).size < planned.length) {
      throw invalid('Transaction request cannot include multiple operations on one item');
    }
    if (JSON.stringify(items).length > MAX_TRANSACTION_BYTES) {
      throw invalid('Collection size of items in the request exceeds the limit of 4 MB');
    }
    return planned;
  }

  #plan(kind: WriteKind, write: Write): PlannedWrite {
    const table = this.#table(write.TableName);
    new Evaluator(write).declare(write.ConditionExpression, write.UpdateExpression);
    const key = keyOf(write.Item ?? write.Key ?? {});
    return { kind, write, table, key, name: `${write.TableName}\n${nameOf(key)}` };
  }

  /** @throws EngineError when another transaction holds an item or a condition does not hold */
  #prepare(planned: readonly PlannedWrite[]): void {
    const reasons = planned.map(({ write, table, key, name }) => {
      if (this.#held.has(name)) return { Code: 'TransactionConflict', Message: 'Conflict' };
      const before = table.get(key);
      if (conditionHolds(write, before)) return { Code: 'None' };
      const isShown = write.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
      return {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        ...(isShown && before !== undefined ? { Item: before } : {}),
      };
    });
    for (const one of planned) resultOf(one);
    if (reasons.some((reason) => reason.Code !== 'None')) throw cancelled(reasons);
  }

  #apply(planned: PlannedWrite): void {
    const next = resultOf(planned);
    if (next !== undefined) planned.table.write(planned.key, next, this.#around.nowMs());
  }
}

export function cancelled(reasons: readonly { Code: string }[]): EngineError {
  const codes = new Set(reasons.map((reason) => reason.Code).filter((code) => code !== 'None'));
  return new EngineError(
    'TransactionCanceledException',
    `Transaction cancelled: ${[...codes].join(', ')}`,
    { CancellationReasons: reasons },
  );
}

function conditionHolds(write: Write, before: Item | undefined): boolean {
  return new Evaluator(write).holds(write.ConditionExpression, before);
}

/** What a write makes of its item: another one, none, or `undefined` when it only checks. */
function resultOf({ kind, write, table, key }: PlannedWrite): Item | null | undefined {
  if (kind === 'ConditionCheck') return undefined;
  if (kind === 'Delete') return null;
  const next = write.Item ?? updated(write, table.get(key) ?? key);
  table.check(next);
  return next;
}

function updated(write: Write, before: Item): Item {
  if (write.UpdateExpression === undefined) return before;
  return new Evaluator(write).updated(write.UpdateExpression, before);
}
