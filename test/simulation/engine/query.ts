import { Evaluator, type Placeholders } from './evaluate.ts';
import { type Condition, parseCondition } from './parse.ts';
import { keyOf, type View } from './tables.ts';
import { compareTexts, type Item, invalid } from './values.ts';

export interface QueryInput extends Placeholders {
  TableName: string;
  IndexName?: string;
  ConsistentRead?: boolean;
  KeyConditionExpression: string;
  FilterExpression?: string;
  ScanIndexForward?: boolean;
  Limit?: number;
  ExclusiveStartKey?: Item;
  Select?: 'COUNT' | string;
  ProjectionExpression?: string;
}

export interface QueryOutput {
  Items?: Item[];
  Count: number;
  ScannedCount: number;
  LastEvaluatedKey?: Item;
}

/** One page of a query, at most so many items: DynamoDB ends a page where it likes, by size. */
export function runQuery(
  input: QueryInput,
  view: View,
  nowMs: number,
  mostItems: number,
): QueryOutput {
  const evaluator = new Evaluator(input);
  const { KeyConditionExpression: condition, FilterExpression: filter } = input;
  evaluator.declare(condition, filter);
  const partition = partitionOf(parseCondition(condition), view, evaluator);
  const all = view.items(partition, nowMs).filter((item) => evaluator.holds(condition, item));
  const ordered = input.ScanIndexForward === false ? all.toReversed() : all;
  const left = ordered.slice(startOf(ordered, input, view));
  const page = left.slice(0, Math.min(input.Limit ?? mostItems, mostItems));
  const items = page.filter((item) => evaluator.holds(filter, item));
  const last = page.at(-1);
  // As DynamoDB does, a page that was limited names its end even when nothing follows.
  const isLimited = input.Limit !== undefined && page.length === input.Limit;
  const goesOn = last !== undefined && (page.length < left.length || isLimited);
  return {
    ...(input.Select === 'COUNT'
      ? {}
      : { Items: items.map((item) => projected(shown(item, view), input.ProjectionExpression)) }),
    Count: items.length,
    ScannedCount: page.length,
    ...(goesOn ? { LastEvaluatedKey: positionOf(last, view) } : {}),
  };
}

/** The attributes that a projection names, all of the first level; without one all there are. */
function projected(item: Item, projection: string | undefined): Item {
  if (projection === undefined) return item;
  const names = projection.split(',').map((name) => name.trim());
  if (names.some((name) => !/^\w+$/.test(name))) throw invalid('Only plain names are projected');
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
}

/** The partition that a key condition names, which it must. */
function partitionOf(condition: Condition, view: View, evaluator: Evaluator): string {
  const parts = condition.node === 'and' ? condition.parts : [condition];
  for (const part of parts) {
    if (part.node !== 'compare' || part.comparator !== '=' || part.left.node !== 'path') continue;
    const value = evaluator.valueOf(part.right, {});
    const isPartition = evaluator.resolve(part.left.path)[0] === view.partition;
    if (isPartition && value?.S !== undefined) return value.S;
  }
  throw invalid(`Query condition missed key schema element: ${view.partition}`);
}

/** The first item after the one that the page before ended with. */
function startOf(ordered: readonly Item[], input: QueryInput, view: View): number {
  const start = input.ExclusiveStartKey;
  if (start === undefined) return 0;
  const sign = input.ScanIndexForward === false ? -1 : 1;
  const found = ordered.findIndex((item) => sign * comparePositions(item, start, view) > 0);
  return found === -1 ? ordered.length : found;
}

function comparePositions(one: Item, other: Item, view: View): number {
  const bySort = compareTexts(one[view.sort]?.S ?? '', other[view.sort]?.S ?? '');
  if (bySort !== 0) return bySort;
  const [a, b] = [keyOf(one), keyOf(other)];
  return compareTexts(`${a.pk?.S}\n${a.sk?.S}`, `${b.pk?.S}\n${b.sk?.S}`);
}

function positionOf(item: Item, view: View): Item {
  return { ...keyOf(item), ...pick(item, view.partition), ...pick(item, view.sort) };
}

function shown(item: Item, view: View): Item {
  return view.keysOnly ? positionOf(item, view) : item;
}

function pick(item: Item, name: string): Item {
  const value = item[name];
  return value === undefined ? {} : { [name]: value };
}
