/** A value as DynamoDB has it on the wire; binary data is base64. */
export interface Value {
  S?: string;
  N?: string;
  B?: string;
  BOOL?: boolean;
  NULL?: true;
  M?: Record<string, Value>;
  L?: Value[];
  SS?: string[];
  NS?: string[];
  BS?: string[];
}

export type Item = Readonly<Record<string, Value>>;

export type Kind = keyof Value;

/** What a request is refused with, as DynamoDB names it. */
export class EngineError extends Error {
  readonly type: string;
  readonly fields: Record<string, unknown>;

  constructor(type: string, message: string, fields: Record<string, unknown> = {}) {
    super(message);
    this.type = type;
    this.fields = fields;
  }
}

export function invalid(message: string): EngineError {
  return new EngineError('ValidationException', message);
}

export function kindOf(value: Value): Kind {
  for (const kind in value) return kind as Kind;
  throw invalid('Supplied AttributeValue is empty, must contain exactly one of the datatypes');
}

export function isEqual(one: Value, other: Value): boolean {
  const kind = kindOf(one);
  if (kind !== kindOf(other)) return false;
  if (kind === 'N') return Number(one.N) === Number(other.N);
  if (kind === 'S' || kind === 'B' || kind === 'BOOL' || kind === 'NULL') {
    return one[kind] === other[kind];
  }
  return JSON.stringify(canonical(one)) === JSON.stringify(canonical(other));
}

/** The order of two values of one kind, or null when they cannot be ordered. */
export function compare(one: Value, other: Value): number | null {
  if (one.S !== undefined && other.S !== undefined) return compareTexts(one.S, other.S);
  if (one.N !== undefined && other.N !== undefined) return Number(one.N) - Number(other.N);
  if (one.B !== undefined && other.B !== undefined) {
    return Buffer.compare(Buffer.from(one.B, 'base64'), Buffer.from(other.B, 'base64'));
  }
  return null;
}

/** Texts are ordered by their bytes in UTF-8. */
export function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII sorts the same either way.
  const isPlain = /^[\x00-\x7f]*$/;
  if (isPlain.test(one) && isPlain.test(other)) return one < other ? -1 : 1;
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** The bytes that count against the limit of 400 KB. */
export function sizeOf(item: Item): number {
  let size = 0;
  for (const [name, value] of Object.entries(item))
    size += Buffer.byteLength(name) + bytesOf(value);
  return size;
}

function bytesOf(value: Value): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.B !== undefined) return Math.floor((value.B.length * 3) / 4);
  if (value.N !== undefined) return Math.ceil(value.N.length / 2) + 1;
  if (value.M !== undefined) return 3 + sizeOf(value.M);
  if (value.L !== undefined) return 3 + value.L.reduce((sum, one) => sum + bytesOf(one) + 1, 0);
  const set = value.SS ?? value.NS ?? value.BS;
  return set === undefined ? 1 : set.reduce((sum, one) => sum + Buffer.byteLength(one), 3);
}

function canonical(value: Value): unknown {
  const set = value.SS ?? value.NS ?? value.BS;
  if (set !== undefined) return [kindOf(value), ...set].sort();
  if (value.L !== undefined) return value.L.map(canonical);
  if (value.M === undefined) return value;
  const entries = Object.entries(value.M).sort(([a], [b]) => compareTexts(a, b));
  return entries.map(([name, inner]) => [name, canonical(inner)]);
}
