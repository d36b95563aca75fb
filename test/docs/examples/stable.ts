import { createHash } from 'node:crypto';
import { SIGNATURE } from '#infra/openapi/examples.ts';
import { valueAt } from '#test/flows/play.ts';

/** What documentation says instead of what a run happened to make, by the value of the run. */
export type Known = Readonly<Record<string, string>>;

const ORDER = 'D16004FF-3421-409C-ADFC-DA2618D36135';
const CARD = 'F1E73ECB-D88C-4C57-919E-102F0E822416';

/** Where answers have the order and the card that requests of the documentation name. */
const NAMED: readonly [path: string, uuid: string][] = [
  ['order.uuid', ORDER],
  ['Source.uuid', CARD],
  ['cards.0.uuid', CARD],
  ['cards.0.Source.uuid', CARD],
  ['order.transactions.0.source.uuid', CARD],
];

/** What an acquirer makes up, by the fields that hold it. */
const ACQUIRER: Readonly<Record<string, string>> = {
  authorization: '651979',
  processor_id: 'A1F0C3D4E5B697801223344556677889',
  processorId: 'A1F0C3D4E5B697801223344556677889',
  processorID: 'A1F0C3D4E5B697801223344556677889',
  cof_txnid: '202232016000606',
};

const DAY_MS = 86_400_000;

/**
 * An answer as documentation shows it: with ids and times that are the same in every run, and its
 * validation hash made for them. Times of the run are 21 November 2026, later ones a month after.
 */
export function stable(answer: unknown, known: Known = {}): unknown {
  const named = NAMED.flatMap(([path, uuid]) => {
    const value = valueAt(answer, path);
    return typeof value === 'string' ? [[value, uuid] as const] : [];
  });
  const all = { ...known, ...Object.fromEntries(named) };
  const text = JSON.stringify(answer, madeUp);
  return withHash(JSON.parse(withStableTimes(withStableIds(text, all))));
}

function madeUp(name: string, value: unknown): unknown {
  if (name === 'clientID') return 1;
  // The items of a list are in the order of their ids.
  if (name === 'items' && Array.isArray(value)) return value.toSorted(byValue);
  const instead = ACQUIRER[name];
  if (instead !== undefined && typeof value === 'string' && value !== '') return instead;
  // A document of some kilobytes says no more than its beginning.
  if (name === 'certificate' && typeof value === 'string') return `${value.slice(0, 12)}…`;
  return value;
}

function byValue(one: { value?: string }, other: { value?: string }): number {
  return (one.value ?? '') < (other.value ?? '') ? -1 : 1;
}

const IDS = /\b[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\b|\b(?:[0-9a-f]{24}|[0-9a-f]{128})\b/gi;

function withStableIds(text: string, known: Known): string {
  const instead = new Set(Object.values(known));
  const given = new Map<string, string>();
  return Object.entries(known)
    .reduce((all, [made, shown]) => all.replaceAll(made, shown), text)
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'https://your-host')
    .replace(/\bcustomer-\d+/g, 'user42')
    .replace(/\breference-\d+/g, 'reference-4711')
    .replace(IDS, (id) => {
      if (instead.has(id)) return id;
      const like = given.get(id) ?? idLike(id, given.size);
      given.set(id, like);
      return like;
    });
}

/** The same for the first, the second … id of an answer, and written as the id was. */
function idLike(id: string, index: number): string {
  const hex = createHash('sha512').update(`example ${index}`).digest('hex');
  const digits = hex[Symbol.iterator]();
  const like = id.replace(/[0-9a-f]/gi, () => digits.next().value ?? '0');
  return /[A-F]/.test(id) ? like.toUpperCase() : like;
}

const TIMES = /\b(\d{4}-\d\d-\d\d)(?:([T ])(\d\d:\d\d:\d\d)(\.\d{3})?(Z|[+-]\d{4})?)?/g;

function withStableTimes(text: string): string {
  return text.replace(TIMES, (time, date, separator, clock, milliseconds = '', zone = '') => {
    const days = (Date.parse(date) - Date.now()) / DAY_MS;
    // What is long ago, or far away, was not made by the run.
    if (days < -3 || days > 400) return time;
    const isLater = days >= 2;
    const day = isLater ? '2026-12-21' : '2026-11-21';
    if (separator === undefined) return day;
    const at = isLater && clock === '00:00:00' ? clock : '12:30:00';
    const offset = zone.startsWith('+') ? '+0100' : zone;
    return `${day}${separator}${at}${milliseconds === '' ? '' : '.000'}${offset}`;
  });
}

/** The hash of what the documentation shows, under the signature that it shows (contract B.4). */
function withHash(answer: Record<string, unknown>): Record<string, unknown> {
  if (typeof answer.validation_hash !== 'string') return answer;
  const { order, client, extra_data } = answer;
  const hashed = JSON.stringify({ order, client, extra_data });
  const hash = createHash('sha256').update(hashed + SIGNATURE);
  return { ...answer, validation_hash: hash.digest('hex') };
}
