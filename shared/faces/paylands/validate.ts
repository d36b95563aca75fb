import type * as z from 'zod/mini';
import { RequestError } from '#operation/http/errors.ts';
import type { Exchange } from '#operation/http/exchange.ts';
import { parseInput } from '#operation/http/parse.ts';
import { formOf } from './wording.ts';

/**
 * Validates path, query and body, and keeps what the schemas made of them. A path that cannot be
 * an identifier is not found.
 * @throws RequestError 400 that names every violated field and what it must be, 404 for the path
 */
export function validate(exchange: Exchange): void {
  const { operation, event } = exchange;
  exchange.input.path = parsed(operation.path, event.pathParameters ?? {}, notFound);
  exchange.input.query = parsed(operation.query, event.queryStringParameters ?? {}, invalid);
  exchange.input.body = parsed(operation.body, exchange.body, invalid);
}

function parsed(
  schema: z.ZodMiniType | undefined,
  value: unknown,
  errorOf: (error: z.core.$ZodError, value: unknown) => RequestError,
): unknown {
  if (schema === undefined) return undefined;
  const result = parseInput(schema, value);
  if (result.success) return result.data;
  throw errorOf(result.error, value);
}

/** What a part of the path must be to name something. */
function notFound({ issues }: z.core.$ZodError): RequestError {
  const reasons = issues.flatMap((issue) => {
    const form = formOf(issue);
    return form === null ? [] : [`${nameOf(issue.path)} ${form}`];
  });
  return new RequestError(404, ['Not found', ...reasons.slice(0, 1)].join(': '));
}

/** Every field that is wrong, once: whether it is missing, and what it must be. */
function invalid(error: z.core.$ZodError, value: unknown): RequestError {
  const problems = new Map<string, string>();
  for (const issue of error.issues) {
    const isBody = issue.path.length === 0;
    const name = isBody ? 'Body' : `Field ${nameOf(issue.path)}`;
    const isMissing = !isBody && valueAt(value, issue.path) === undefined;
    const form = formOf(issue);
    const reason = issue.code === 'custom' ? issue.params?.reason : undefined;
    const problem = `${name} is ${isMissing ? 'required' : 'not valid'}`;
    if (problems.has(name)) continue;
    const words = typeof reason === 'string' ? reason : form === null ? null : `it ${form}`;
    problems.set(name, words === null ? problem : `${problem}: ${words}`);
  }
  return new RequestError(400, [...problems.values()].join('; '));
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );
}

/** `cards[2].card_pan` */
function nameOf(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      return index === 0 ? String(key) : `.${String(key)}`;
    })
    .join('');
}
