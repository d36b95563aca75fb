import { afterEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { formOf } from '#faces/paylands/wording.ts';
import { parseInput } from '#operation/http/parse.ts';

const { localeError } = z.config();

afterEach(() => {
  z.config({ localeError });
});

test('a field is worded by its kind, whatever language another copy of the library has set', () => {
  z.config({ localeError: ({ code }) => `English for ${code}` });
  const schema = z.object({ operative: z.enum(['AUTHORIZATION', 'DEFERRED']), amount: z.int() });
  const { error } = parseInput(schema, { amount: '10' });
  expect(error?.issues.map(formOf)).toEqual([
    'must be AUTHORIZATION or DEFERRED',
    'must be a number',
  ]);
});
