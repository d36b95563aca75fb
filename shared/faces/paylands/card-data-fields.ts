import * as z from 'zod/mini';
import { passesLuhn } from '#ledger/cards/luhn.ts';
import { textual, wholeNumber } from './fields.ts';

/** What is on a card, in requests (contract A.6). */

const CVV_WORDS = 'must be 3 or 4 digits';

export const cvv = z.pipe(textual, z.string(CVV_WORDS).check(z.regex(/^\d{3,4}$/, CVV_WORDS)));

/** A month as `1`, `01` or 1, kept as two digits. */
export const expiryMonth = z.pipe(
  wholeNumber(1, 12, 'must be a month from 01 to 12'),
  z.transform((month) => String(month).padStart(2, '0')),
);

const YEAR_WORDS = 'must be a year as 34 or 2034';

/** A year as two or four digits, kept as two. */
export const expiryYear = z.pipe(
  z.pipe(textual, z.string(YEAR_WORDS).check(z.trim(), z.regex(/^(20)?\d{2}$/, YEAR_WORDS))),
  z.transform((year) => year.slice(-2)),
);

const NUMBER_WORDS = 'must be a card number of 12 to 19 digits';

/** A card number, spaces and hyphens tolerated, that passes the Luhn check. */
export const cardNumber = z.pipe(
  z.pipe(
    textual,
    z.pipe(
      z.string(NUMBER_WORDS),
      z.transform((value) => value.replace(/[\s-]/g, '')),
    ),
  ),
  z
    .string()
    .check(
      z.regex(/^\d{12,19}$/, NUMBER_WORDS),
      z.refine(passesLuhn, 'must be a card number: its last digit, a check, is wrong'),
    ),
);
