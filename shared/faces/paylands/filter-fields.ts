import * as z from 'zod/mini';
import { textual } from './fields.ts';
import { filterTime } from './time.ts';

const FILTER_WORDS =
  'must be a time in Madrid as YYYYMMDDHHmm, such as 202611211230, or an ISO 8601 one';

/** A `YYYYMMDDHHmm` filter in Madrid, as milliseconds since 1970. */
export const filterMinute = z.pipe(
  z.pipe(textual, z.string(FILTER_WORDS)),
  z.pipe(z.transform(filterTime), z.number(FILTER_WORDS)),
);
