import type * as z from 'zod/mini';
import type { Exchange } from '#operation/http/exchange.ts';
import { NO_WORDS, parseInput } from '#operation/http/parse.ts';
import { ValidationError } from './errors.ts';

/**
 * Validates path, query and body together, and keeps what the schemas made of them.
 * @throws ValidationError that lists every violation (contract 1.7)
 */
export function validate(exchange: Exchange): void {
  const { operation, event } = exchange;
  const violations: string[] = [];
  const parsed = (schema: z.ZodMiniType | undefined, value: unknown): unknown => {
    if (schema === undefined) return undefined;
    const result = parseInput(schema, value);
    if (result.success) return result.data;
    violations.push(...result.error.issues.map((issue) => wordingOf(issue, value)));
    return undefined;
  };
  exchange.input.path = parsed(operation.path, event.pathParameters ?? {});
  exchange.input.query = parsed(operation.query, withLists(event.queryStringParameters ?? {}));
  exchange.input.body = parsed(operation.body, exchange.body);
  if (violations.length > 0) throw new ValidationError([...new Set(violations)]);
}

/** Parameters that are lists, with commas between their entries (contract 5.3). */
const LISTS = ['funnelProductIds'];

/**
 * A query whose lists may be written as `ids[]=a` or `ids[0]=a&ids[1]=b` too, as HTTP clients write
 * arrays: a filter that is passed over shows what was not asked for.
 */
function withLists(query: Readonly<Record<string, string | undefined>>): unknown {
  const merged = { ...query };
  for (const [key, value] of Object.entries(query)) {
    const [, name = ''] = /^(\w+)\[\d*\]$/.exec(key) ?? [];
    if (LISTS.includes(name)) merged[name] = [merged[name] ?? [], value ?? []].flat().join(',');
  }
  return merged;
}

/** A violation as HighLevel's validators word it: the property, then what it must be. */
function wordingOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.path.length === 0 && issue.code === 'invalid_type') return 'body must be an object';
  const name = issue.path.map(String).join('.');
  if (valueAt(value, issue.path) === undefined && issue.code !== 'custom') {
    return `${name} should not be empty`;
  }
  return `${name} ${constraintOf(issue)}`.trim();
}

function constraintOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${article(issue.expected)} ${issue.expected}`;
    case 'invalid_value':
      return `must be one of the following values: ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      if (issue.origin === 'string') return 'should not be empty';
      if (issue.origin === 'array') return `must contain at least ${issue.minimum} elements`;
      return `must not be less than ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'string') {
        return `must be shorter than or equal to ${issue.maximum} characters`;
      }
      if (issue.origin === 'array') return `must contain no more than ${issue.maximum} elements`;
      return `must not be greater than ${issue.maximum}`;
    case 'custom':
      // The schema words its own rules; without words it is only not valid.
      return issue.message === NO_WORDS ? 'is not valid' : issue.message;
    default:
      return 'is not valid';
  }
}

function article(word: string): string {
  return /^[aeiou]/.test(word) ? 'an' : 'a';
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );
}
