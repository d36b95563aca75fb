import type { ZodMiniType } from 'zod/mini';

/** Where a field is in a body: `['cards', 0, 'card_pan']`. */
export type FieldPath = readonly (string | number)[];

/** The fields of a schema, those of objects in lists included. */
export function fieldsOf(schema: ZodMiniType, at: FieldPath = []): FieldPath[] {
  const { def } = schema._zod as unknown as { def: SchemaDef };
  const own = at.length > 0 && typeof at.at(-1) === 'string' ? [at] : [];
  if (def.type === 'pipe' && typeof at.at(-1) !== 'string' && def.out !== undefined) {
    return fieldsOf(def.out, at);
  }
  if (def.type === 'array' && def.element !== undefined) {
    return [...own, ...fieldsOf(def.element, [...at, 0])];
  }
  if (def.type !== 'object') return own;
  const inner = Object.entries(def.shape ?? {}).flatMap(([name, field]) =>
    fieldsOf(field, [...at, name]),
  );
  return [...own, ...inner];
}

/** The parts of a zod definition that have fields. */
interface SchemaDef {
  type: string;
  shape?: Record<string, ZodMiniType>;
  element?: ZodMiniType;
  out?: ZodMiniType;
}

/** The name of a field in an error: `cards[0].card_pan`. */
export function nameOf(path: FieldPath): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('');
}

/** A copy of a value with a field set, or without it when the value is undefined. */
export function withField(body: unknown, path: FieldPath, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const copy = Array.isArray(body)
    ? [...body]
    : typeof key === 'number'
      ? []
      : { ...(body as object) };
  const inner = Reflect.get(copy, key);
  Reflect.set(copy, key, withField(inner, rest, value));
  return copy;
}
