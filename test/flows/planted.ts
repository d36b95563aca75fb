import { expect } from 'vitest';
import type { ZodMiniType } from 'zod/mini';
import { settledScan } from '#test/support/scan.ts';
import type { FieldPath } from './fields-of.ts';
import type { Outputs } from './secrets.ts';

/** Card numbers that are put where none belongs, each known by the place that it was put in. */
export class Planted {
  readonly #places = new Map<string, string>();

  /** A value for a field, with a card number of its own in it, written as one of the notations. */
  value(place: string, notation: Notation): unknown {
    const pan = visaOf(this.#places.size);
    this.#places.set(pan, `${place} (${notation})`);
    return NOTATIONS[notation](pan);
  }

  get count(): number {
    return this.#places.size;
  }

  /** The places whose card numbers are in a text, however their digits are grouped there. */
  placesIn(text: string): string[] {
    const together = text
      .replace(/%[\dA-F]{2}/gi, ' ')
      .replace(/(?<=\d)[^\dA-Za-z"]{1,2}(?=\d)/g, '');
    const runs = `${text} ${together}`.match(/\d{16,}/g) ?? [];
    const places = runs.flatMap((run) => windowsOf(run).map((pan) => this.#places.get(pan)));
    return [...new Set(places.filter((place) => place !== undefined))];
  }
}

/** None of them is in the store, where they are masked, in a log or in an answer that refuses one. */
export async function expectNowhere(
  planted: Planted,
  outputs: Outputs,
  refusals: readonly string[],
): Promise<void> {
  const probe = JSON.stringify(planted.value('probe', 'in groups'));
  expect(planted.placesIn(probe)).toEqual(['probe (in groups)']);
  const items = [...(await settledScan('ledger')), ...(await settledScan('access'))];
  const kept = JSON.stringify(items);
  expect(kept).toContain('****');
  expect(planted.placesIn(kept)).toEqual([]);
  expect(planted.placesIn(outputs.text())).toEqual([]);
  expect(planted.placesIn(refusals.join('\n'))).toEqual([]);
}

const groupsOf = (pan: string, gap: string) => (pan.match(/.{4}/g) ?? []).join(gap);

const NOTATIONS = {
  'as it is': (pan: string) => pan,
  'with its security code': (pan: string) => `${pan} 12/30 123`,
  'as a number': Number,
  'in groups': (pan: string) => groupsOf(pan, '\u00a0'),
  'in a sentence': (pan: string) => `card ${groupsOf(pan, '-')}, thanks`,
  'in an address': (pan: string) => `https://shop.example/?card=%20${pan}`,
  'in an e-mail address': (pan: string) => `${pan}@shop.example`,
  'in an object': (pan: string) => ({ [pan]: [{ phone: pan }] }),
};

export type Notation = keyof typeof NOTATIONS;

export const notations = Object.keys(NOTATIONS) as Notation[];

function windowsOf(run: string): string[] {
  return Array.from({ length: run.length - 15 }, (_, start) => run.slice(start, start + 16));
}

/** One of many numbers of a test BIN, with its check digit. */
function visaOf(index: number): string {
  const digits = `454881${100_000_000 + index * 7}`;
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** Every field of a schema, at any depth, names that only clients know included. */
export function placesOf(schema: ZodMiniType | undefined, at: FieldPath = []): FieldPath[] {
  if (schema === undefined) return [];
  const { def } = schema._zod as unknown as { def: SchemaDef };
  const inside = [def.in, def.out, def.innerType, def.getter?.(), ...(def.options ?? [])];
  const through = inside.flatMap((one) => placesOf(one, at));
  const fields = Object.entries(def.shape ?? {}).flatMap(([name, field]) =>
    placesOf(field, [...at, name]),
  );
  const items = placesOf(def.element, [...at, 0]);
  const values = placesOf(def.valueType, [...at, 'any']);
  const own = at.length === 0 ? [] : [at];
  return distinct([...own, ...through, ...fields, ...items, ...values]);
}

/** The fields of a request. */
export function placesIn(value: unknown, at: FieldPath = []): FieldPath[] {
  const own = at.length === 0 ? [] : [at];
  if (typeof value !== 'object' || value === null) return own;
  const inner = Object.entries(value).flatMap(([key, one]) =>
    placesIn(one, [...at, Array.isArray(value) ? Number(key) : key]),
  );
  return [...own, ...inner];
}

export function distinct(paths: readonly FieldPath[]): FieldPath[] {
  return [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()];
}

/** The parts of a zod definition that have others in them. */
interface SchemaDef {
  shape?: Record<string, ZodMiniType>;
  element?: ZodMiniType;
  valueType?: ZodMiniType;
  in?: ZodMiniType;
  out?: ZodMiniType;
  innerType?: ZodMiniType;
  options?: ZodMiniType[];
  getter?: () => ZodMiniType;
}
