import type { ZodMiniObject, ZodMiniType } from 'zod/mini';
import * as z from 'zod/mini';
import { toJSONSchema } from 'zod/v4/core';

/** A JSON Schema of the dialect of OpenAPI 3.1. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  pattern?: string;
  [keyword: string]: unknown;
}

type Json = z.core.JSONSchema.BaseSchema;

/** Where the document keeps shapes that several operations share. */
const COMPONENTS = '#/components/schemas/';

/** Converts declarations' schemas, collecting the shapes that they share. */
export class SchemaWriter {
  readonly components: Record<string, Schema> = {};
  readonly #shapes: z.core.$ZodRegistry<{ id: string }>;
  readonly #examples: Readonly<Record<string, unknown>>;

  constructor(
    shapes: z.core.$ZodRegistry<{ id: string }>,
    examples: Readonly<Record<string, unknown>>,
  ) {
    this.#shapes = shapes;
    this.#examples = examples;
  }

  /** What a client may send. */
  request(type: ZodMiniType): Schema {
    return this.#write(type, 'input');
  }

  /** What a client is answered. */
  response(type: ZodMiniType): Schema {
    return this.#write(type, 'output');
  }

  #write(type: ZodMiniType, io: 'input' | 'output'): Schema {
    const json = toJSONSchema(type, {
      io,
      metadata: this.#shapes,
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        polish(jsonSchema);
        if (io === 'input') describeInput(zodSchema, jsonSchema, this.#examples);
      },
    });
    const { $schema: _dialect, $defs = {}, ...schema } = retarget(json);
    for (const [name, shape] of Object.entries($defs as Record<string, Schema>)) {
      this.components[name] = shape;
    }
    return schema;
  }
}

/** Leaves out what says nothing to a reader. */
function polish(json: Json): void {
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
  if (json.format !== undefined) delete json.pattern;
  if (json.type === 'number' && Number.isInteger(json.const)) json.type = 'integer';
  const extra = json.additionalProperties;
  if (json.properties !== undefined && extra !== undefined) delete json.additionalProperties;
  if (json.type === 'object') delete json.propertyNames;
}

function describeInput(
  type: z.core.$ZodType,
  json: Json,
  examples: Readonly<Record<string, unknown>>,
): void {
  if (isObject(type) && json.properties !== undefined) {
    const { shape } = type;
    const required = Object.keys(shape).filter((name) => isRequired(shape[name]));
    if (required.length > 0) json.required = required;
    else delete json.required;
    for (const [name, property] of Object.entries(json.properties)) {
      if (typeof property !== 'object') continue;
      // A name may stand for different things: its example is the one that is accepted.
      const candidates = [examples[name], property.enum?.[0]];
      const example = candidates.find((one) => one !== undefined && accepts(shape[name], one));
      // A copy: fields of one type share what it was converted to.
      if (example !== undefined) json.properties[name] = { ...property, examples: [example] };
    }
  }
  if (ignoresCase(type) && json.pattern !== undefined) {
    json.pattern = json.pattern.replace(/[a-z]-[a-z]/g, (range) => range + range.toUpperCase());
  }
}

function isObject(type: z.core.$ZodType): type is ZodMiniObject<Record<string, ZodMiniType>> {
  return type._zod.def.type === 'object';
}

function accepts(type: ZodMiniType | undefined, value: unknown): boolean {
  return type !== undefined && z.safeParse(type, value).success;
}

/** Asked of the type itself: the conversion takes some that are required for optional. */
function isRequired(type: ZodMiniType | undefined): boolean {
  return type !== undefined && !z.safeParse(type, undefined).success;
}

/** JSON Schema has no flags on patterns. */
function ignoresCase(type: z.core.$ZodType): boolean {
  const { def } = (type as z.core.$ZodTypes)._zod;
  if (def.type === 'pipe')
    return ignoresCase(def.in._zod.def.type === 'transform' ? def.out : def.in);
  const checks = (def.checks ?? []) as z.core.$ZodCheckRegex[];
  return checks.some((check) => check._zod.def.pattern?.ignoreCase === true);
}

function retarget(json: Json): Schema {
  return JSON.parse(JSON.stringify(json).replaceAll('#/$defs/', COMPONENTS));
}
