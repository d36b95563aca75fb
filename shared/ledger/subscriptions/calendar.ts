import { tz } from '@date-fns/tz/tz';
import { tzOffset } from '@date-fns/tz/tzOffset';
import { addDays } from 'date-fns/addDays';
import { addMonths } from 'date-fns/addMonths';

/** A number of days, weeks, months or years. */
export interface Period {
  count: number;
  unit: 'day' | 'week' | 'month' | 'year';
}

/**
 * The time of one of a series of charges, in milliseconds since 1970. All are counted from the
 * first one (number 1), at its time of day in the merchant's time zone: a series that begins on
 * the 31st has its charges on the last day of shorter months and on the 31st of longer ones, and
 * one that begins on 29 February is charged on the 28th in common years.
 */
export function chargeTime(firstMs: number, period: Period, number: number, zone: string): number {
  return addPeriods(firstMs, period, number - 1, zone);
}

/**
 * The time some periods later, at the same time of day in a time zone. A time that the clock skips
 * in spring becomes as much later, and of a time that it shows twice in autumn the first is meant.
 */
export function addPeriods(timeMs: number, period: Period, times: number, zone: string): number {
  const count = period.count * times;
  if (count === 0) return timeMs;
  const wall = wallOf(timeMs, zone);
  // Wall times are calculated with as UTC, in which no day is longer than another.
  const inUtc = { in: tz('UTC') };
  switch (period.unit) {
    case 'day':
      return instantOf(addDays(wall, count, inUtc).getTime(), zone);
    case 'week':
      return instantOf(addDays(wall, count * 7, inUtc).getTime(), zone);
    case 'month':
      return instantOf(addMonths(wall, count, inUtc).getTime(), zone);
    case 'year':
      return instantOf(addMonths(wall, count * 12, inUtc).getTime(), zone);
  }
}

/**
 * The instant at which a time zone's clocks show a time, which is given as if it were UTC.
 * See `addPeriods` for times that are skipped or shown twice.
 */
export function instantOf(wallMs: number, zone: string): number {
  const before = wallMs - offsetMs(wallMs - DAY_MS, zone);
  if (wallOf(before, zone) === wallMs) return before;
  const after = wallMs - offsetMs(wallMs + DAY_MS, zone);
  return wallOf(after, zone) === wallMs ? after : before;
}

/** What a time zone's clocks show at a time, as if it were UTC. */
export function wallOf(timeMs: number, zone: string): number {
  return timeMs + offsetMs(timeMs, zone);
}

const DAY_MS = 86_400_000;

function offsetMs(timeMs: number, zone: string): number {
  return tzOffset(zone, new Date(timeMs)) * 60_000;
}
