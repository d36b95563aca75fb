import type { Key } from './keys.ts';

/**
 * The version of the schema that items are written with. Whoever changes what is stored (renames a
 * field, adds one that readers rely on) raises it, adds the step that leads there, and keeps items
 * of the version before among the fixtures of `test/store/schema.test.ts`.
 */
export const SCHEMA_VERSION = 2;

type Value = Record<string, unknown>;

/** Upgrades a value from one version to the next; the key tells its kind. */
type Step = (key: Key, value: Value) => Value;

/** The step at index n leads from version n to n + 1. */
const STEPS: readonly Step[] = [fromUnversioned, fromOneList];

/** A stored value as the version of today would have written it. */
export function upgrade(key: Key, version: number, value: Value): Value {
  return STEPS.slice(version).reduce((current, step) => step(key, current), value);
}

/** Items of the time before they had a version: fields had other names, or were not there. */
function fromUnversioned(key: Key, value: Value): Value {
  if (key.sk === 'ORDER') return renamedOrder(value);
  if (key.sk.startsWith('NOTIFICATION#')) {
    return { ...value, order: renamedOrder(value.order as Value) };
  }
  if (key.pk.endsWith('#TRANSACTIONS')) {
    return { ...value, transaction: renamedTransaction(value.transaction as Value) };
  }
  if (key.sk === 'CARD') return { paidWith: null, tokenizedWith: null, ...value };
  return key.pk === 'MERCHANTS' ? renamed(value, 'ownClock', 'testClock') : value;
}

/**
 * Orders of all channels were in one list: where they have been counted is what they keep. The days
 * of books had no sheets.
 */
function fromOneList(key: Key, value: Value): Value {
  if (key.pk.includes('#BOOK#') && key.sk !== 'BOOK') return { leaves: value, sheets: {} };
  if (key.sk !== 'ORDER' || value.purchase === null) return value;
  const standings = value.standings as Value[];
  return { ...value, standings: standings.map((one) => ({ ...one, listedWithAll: true })) };
}

function renamedOrder(order: Value): Value {
  const transactions = (order.transactions as Value[]).map(renamedTransaction);
  return { standings: [], ...renamed(order, 'sale', 'purchase'), transactions };
}

const renamedTransaction = (one: Value): Value => renamed(one, 'terms', 'conditions');

function renamed(value: Value, from: string, to: string): Value {
  const { [from]: kept, ...rest } = value;
  return kept === undefined ? rest : { ...rest, [to]: kept };
}
