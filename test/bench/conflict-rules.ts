/** The items that one write holds while it is under way, and how long. */
export interface WriteSet {
  items: readonly string[];
  /** A transaction meets any other write of its items; single writes only wait for each other. */
  isTransaction: boolean;
}

/** The writes of one order's life, in the order in which they are made. */
export type Life = readonly WriteSet[];

export interface Load {
  ordersPerSecond: number;
  seconds: number;
  /** How long a transaction holds its items: two phases of 5 to 8 ms each. */
  holdMs: readonly [number, number];
  /** Between one write of an order and the next. */
  pauseMs: number;
  random(): number;
}

interface Held {
  name: string;
  fromMs: number;
  toMs: number;
  isTransaction: boolean;
  order: number;
}

/**
 * How many writes of a merchant meet one of another order by the rules of DynamoDB: a transaction is
 * cancelled, and a single write refused, when a transaction under way holds one of its items. What
 * two recorded lives both write is the same item for all orders; everything else is each order's own.
 */
export function countConflicts(
  lives: readonly Life[],
  load: Load,
): { writes: number; conflicts: number } {
  const shared = sharedItems(lives);
  const held: Held[] = [];
  let writes = 0;
  let atMs = 0;
  for (let order = 0; ; order += 1) {
    atMs += (-Math.log(1 - load.random()) / load.ordersPerSecond) * 1000;
    if (atMs > load.seconds * 1000) break;
    let fromMs = atMs;
    for (const { items, isTransaction } of lives[order % lives.length] ?? []) {
      const [least, most] = load.holdMs;
      const toMs = fromMs + least + load.random() * (most - least);
      // Nobody else ever writes what is an order's own.
      for (const name of items.filter((one) => shared.has(one))) {
        held.push({ name, fromMs, toMs, isTransaction, order });
      }
      writes += 1;
      fromMs = toMs + load.pauseMs;
    }
  }
  return { writes, conflicts: meetings(held) };
}

/** Items that the lives of several orders write. */
export function sharedItems(lives: readonly Life[]): Set<string> {
  const owners = new Map<string, Set<number>>();
  for (const [index, life] of lives.entries()) {
    for (const name of life.flatMap((one) => one.items)) {
      owners.set(name, (owners.get(name) ?? new Set()).add(index));
    }
  }
  return new Set([...owners].filter(([, those]) => those.size > 1).map(([name]) => name));
}

function meetings(held: readonly Held[]): number {
  const byItem = Map.groupBy(held, (one) => one.name);
  let conflicts = 0;
  for (const those of byItem.values()) {
    those.sort((one, other) => one.fromMs - other.fromMs);
    let last: Held | null = null;
    for (const one of those) {
      const meets = last !== null && last.toMs > one.fromMs && last.order !== one.order;
      // One that is cancelled holds nothing any more.
      if (meets && (last?.isTransaction || one.isTransaction)) conflicts += 1;
      else last = one;
    }
  }
  return conflicts;
}
