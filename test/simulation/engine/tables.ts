import { type IndexDefinition, PRIMARY_KEY, type TableDefinition } from '#infra/resources.ts';
import { compareTexts, type Item, invalid, sizeOf } from './values.ts';

const MAX_ITEM_BYTES = 400 * 1024;

/** How items are found: in the table itself, in a copy of it that lags behind, or in an index. */
export interface View {
  partition: string;
  sort: string;
  keysOnly: boolean;
  items(partition: string, nowMs: number): Item[];
}

/** A copy of a table that follows it late: what an index or a read that need not be fresh sees. */
class Replica implements View {
  readonly partition: string;
  readonly sort: string;
  readonly keysOnly: boolean;
  readonly #partitions = new Map<string, Map<string, Item>>();
  readonly #shown = new Map<string, Item>();
  readonly #dueAt = new Map<string, number>();
  #waiting: { atMs: number; key: string; item: Item | null }[] = [];

  constructor(keys: { partition: string; sort: string }, keysOnly: boolean) {
    this.partition = keys.partition;
    this.sort = keys.sort;
    this.keysOnly = keysOnly;
  }

  /** Shows a write after a while; writes of one item are shown in their order. */
  follow(key: string, item: Item | null, atMs: number): void {
    const dueMs = Math.max(atMs, this.#dueAt.get(key) ?? 0);
    this.#dueAt.set(key, dueMs);
    this.#waiting.push({ atMs: dueMs, key, item });
  }

  items(partition: string, nowMs: number): Item[] {
    this.#catchUp(nowMs);
    const found = [...(this.#partitions.get(partition)?.values() ?? [])];
    return found.sort((one, other) => this.#compare(one, other));
  }

  #catchUp(nowMs: number): void {
    const due = this.#waiting.filter((one) => one.atMs <= nowMs);
    if (due.length === 0) return;
    this.#waiting = this.#waiting.filter((one) => one.atMs > nowMs);
    for (const { key, item } of due) this.#show(key, item);
  }

  #show(key: string, item: Item | null): void {
    const before = this.#shown.get(key);
    if (before !== undefined) this.#partitions.get(before[this.partition]?.S ?? '')?.delete(key);
    this.#shown.delete(key);
    const partition = item?.[this.partition]?.S;
    if (item === null || partition === undefined || item[this.sort]?.S === undefined) return;
    const items = this.#partitions.get(partition) ?? new Map<string, Item>();
    this.#partitions.set(partition, items.set(key, item));
    this.#shown.set(key, item);
  }

  #compare(one: Item, other: Item): number {
    const bySort = compareTexts(one[this.sort]?.S ?? '', other[this.sort]?.S ?? '');
    return bySort !== 0 ? bySort : compareTexts(nameOf(one), nameOf(other));
  }
}

/** A table with its indexes. */
export class Table implements View {
  readonly partition = PRIMARY_KEY.partition;
  readonly sort = PRIMARY_KEY.sort;
  readonly keysOnly = false;
  readonly #partitions = new Map<string, Map<string, Item>>();
  readonly #sorted = new Map<string, Item[]>();
  readonly #late: Replica;
  readonly #indexes: ReadonlyMap<string, Replica>;
  readonly #definitions: readonly IndexDefinition[];
  readonly #lagMs: () => number;

  /** `lagMs` says by how much a copy of the next write is late. */
  constructor(definition: TableDefinition, lagMs: () => number) {
    this.#definitions = definition.indexes;
    this.#lagMs = lagMs;
    this.#late = new Replica(PRIMARY_KEY, false);
    this.#indexes = new Map(
      definition.indexes.map((index) => [
        index.name,
        new Replica(index, index.projection === 'KEYS_ONLY'),
      ]),
    );
  }

  get(key: Item): Item | undefined {
    return this.#partitions.get(textOf(key, this.partition))?.get(textOf(key, this.sort));
  }

  /** Writes an item, or deletes the one with its key. */
  write(key: Item, item: Item | null, nowMs: number): void {
    const partition = textOf(key, this.partition);
    const items = this.#partitions.get(partition) ?? new Map<string, Item>();
    this.#partitions.set(partition, items);
    this.#sorted.delete(partition);
    if (item === null) items.delete(textOf(key, this.sort));
    else items.set(textOf(key, this.sort), item);
    const name = nameOf(key);
    for (const copy of [this.#late, ...this.#indexes.values()]) {
      copy.follow(name, item, nowMs + this.#lagMs());
    }
  }

  /** @throws EngineError when an item cannot be stored */
  check(item: Item): void {
    for (const name of [this.partition, this.sort]) {
      if (textOf(item, name) === '') throw invalid(`The key attribute ${name} is empty`);
    }
    for (const { partition, sort, name } of this.#definitions) {
      for (const attribute of [partition, sort]) {
        const value = item[attribute];
        if (value !== undefined && (value.S === undefined || value.S === '')) {
          throw invalid(`${attribute} cannot be a key of the index ${name}`);
        }
      }
    }
    if (sizeOf(item) > MAX_ITEM_BYTES) {
      throw invalid('Item size has exceeded the maximum allowed size');
    }
  }

  items(partition: string): Item[] {
    const known = this.#sorted.get(partition);
    if (known !== undefined) return known;
    const found = [...(this.#partitions.get(partition)?.values() ?? [])];
    found.sort((one, other) => compareTexts(textOf(one, this.sort), textOf(other, this.sort)));
    this.#sorted.set(partition, found);
    return found;
  }

  /** Where a query looks; @throws EngineError for an index that there is not */
  view(index: string | undefined, isConsistent: boolean): View {
    if (index === undefined) return isConsistent ? this : this.#late;
    if (isConsistent)
      throw invalid('Consistent reads are not supported on global secondary indexes');
    const found = this.#indexes.get(index);
    if (found === undefined) throw invalid(`The table does not have the specified index: ${index}`);
    return found;
  }

  /** Everything there is. */
  *all(): Generator<Item> {
    for (const items of this.#partitions.values()) yield* items.values();
  }
}

/** The name of an item within its table. */
export function nameOf(key: Item): string {
  return `${key[PRIMARY_KEY.partition]?.S}\n${key[PRIMARY_KEY.sort]?.S}`;
}

export function keyOf(item: Item): Item {
  const { partition, sort } = PRIMARY_KEY;
  return { [partition]: { S: textOf(item, partition) }, [sort]: { S: textOf(item, sort) } };
}

function textOf(item: Item, name: string): string {
  const text = item[name]?.S;
  if (text === undefined) throw invalid(`One of the required keys was not given a value: ${name}`);
  return text;
}
