import type * as z from 'zod/mini';
import { NO_WORDS } from '#operation/http/parse.ts';

/** What a field that was refused must be, in words: that of its type, or what its kind tells. */
export function formOf(issue: z.core.$ZodIssue): string | null {
  if (issue.message !== NO_WORDS) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${listed(issue.values)}`;
    case 'too_small':
      return issue.origin === 'array'
        ? `must have ${issue.minimum} or more entries`
        : `must not be less than ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'array'
        ? `must have ${issue.maximum} entries or less`
        : `must not be more than ${issue.maximum}`;
    default:
      return null;
  }
}

/** `A, B or C` */
export function listed(values: readonly unknown[]): string {
  const names = values.map(String);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} or ${last}`;
}

const KINDS: Readonly<Record<string, string>> = {
  object: 'an object',
  record: 'an object',
  array: 'a list',
  string: 'text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
};
