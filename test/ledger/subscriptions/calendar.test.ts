import fc from 'fast-check';
import { rrulestr } from 'rrule';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { addPeriods, chargeTime, type Period } from '#ledger/subscriptions/calendar.ts';

const MONTHLY: Period = { count: 1, unit: 'month' };
const YEARLY: Period = { count: 1, unit: 'year' };
const DAILY: Period = { count: 1, unit: 'day' };
const MADRID = 'Europe/Madrid';

/** The first charges of a series, as a zone's clocks show them. */
function series(first: string, period: Period, count: number, zone = MADRID): string[] {
  const firstMs = Temporal.PlainDateTime.from(first).toZonedDateTime(zone).epochMilliseconds;
  return Array.from({ length: count }, (_, index) => {
    const timeMs = chargeTime(firstMs, period, index + 1, zone);
    return Temporal.Instant.fromEpochMilliseconds(timeMs)
      .toZonedDateTimeISO(zone)
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' });
  });
}

describe('a series of charges', () => {
  test('from the 31st is charged on the last day of every month', () => {
    expect(series('2026-01-31T09:00', MONTHLY, 6)).toEqual([
      '2026-01-31T09:00',
      '2026-02-28T09:00',
      '2026-03-31T09:00',
      '2026-04-30T09:00',
      '2026-05-31T09:00',
      '2026-06-30T09:00',
    ]);
  });

  test('from 29 February is charged on the 28th until the next leap year', () => {
    expect(series('2024-02-29T00:00', YEARLY, 5)).toEqual([
      '2024-02-29T00:00',
      '2025-02-28T00:00',
      '2026-02-28T00:00',
      '2027-02-28T00:00',
      '2028-02-29T00:00',
    ]);
  });

  test('keeps its time of day when the clocks change', () => {
    expect(series('2026-03-28T09:00', DAILY, 3)).toEqual([
      '2026-03-28T09:00',
      '2026-03-29T09:00',
      '2026-03-30T09:00',
    ]);
    expect(series('2026-10-24T09:00', DAILY, 3)).toEqual([
      '2026-10-24T09:00',
      '2026-10-25T09:00',
      '2026-10-26T09:00',
    ]);
  });

  test('at an hour that is skipped is charged an hour later, on that day only', () => {
    expect(series('2026-03-28T02:30', DAILY, 3)).toEqual([
      '2026-03-28T02:30',
      '2026-03-29T03:30',
      '2026-03-30T02:30',
    ]);
  });

  test('at an hour that comes twice is charged once, at the first', () => {
    const first = Date.parse('2026-10-24T00:30:00Z');
    const times = [2, 3].map((number) => chargeTime(first, DAILY, number, MADRID));
    expect(times).toEqual(['2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'].map(Date.parse));
  });
});

const zone = fc.constantFrom(
  MADRID,
  'Atlantic/Canary',
  'America/New_York',
  'America/Mexico_City',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'America/St_Johns',
  'UTC',
);
const unit = fc.constantFrom<Period['unit']>('day', 'week', 'month', 'year');
const time = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) });
const count = fc.integer({ min: 1, max: 24 });

test('times agree with Temporal, at any time, in any zone', () => {
  fc.assert(
    fc.property(time, unit, count, zone, fc.integer({ min: 1, max: 40 }), (ms, u, n, z, times) => {
      const expected = Temporal.Instant.fromEpochMilliseconds(ms)
        .toZonedDateTimeISO(z)
        .toPlainDateTime()
        .add({ [`${u}s`]: n * times })
        .toZonedDateTime(z, { disambiguation: 'compatible' });
      expect(addPeriods(ms, { count: n, unit: u }, times, z)).toBe(expected.epochMilliseconds);
    }),
    { numRuns: 5000 },
  );
});

const FREQUENCIES = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY', year: 'YEARLY' } as const;

test('days agree with recurrence rules, which take the last of the days that a month has', () => {
  const day = fc.integer({ min: 1, max: 31 });
  fc.assert(
    fc.property(fc.integer({ min: 2020, max: 2039 }), day, count, (year, date, interval) => {
      const last = Array.from({ length: Math.min(4, date) }, (_, index) => date - index);
      const rule = rrulestr(
        `DTSTART:${year}01${String(date).padStart(2, '0')}T090000Z\nRRULE:FREQ=MONTHLY;INTERVAL=${interval};BYMONTHDAY=${last};BYSETPOS=-1;COUNT=30`,
      );
      const first = Date.UTC(year, 0, date, 9);
      const times = rule
        .all()
        .map((_, index) => chargeTime(first, { count: interval, unit: 'month' }, index + 1, 'UTC'));
      expect(times).toEqual(rule.all().map((at) => at.getTime()));
    }),
    { numRuns: 300 },
  );
});

test('days, weeks and years agree with recurrence rules', () => {
  const units = fc.constantFrom<Exclude<Period['unit'], 'month'>>('day', 'week', 'year');
  fc.assert(
    fc.property(time, units, count, (ms, u, interval) => {
      const first = new Date(Math.floor(ms / 1000) * 1000);
      fc.pre(u !== 'year' || first.getUTCDate() !== 29);
      const start = first.toISOString().replace(/[-:]|\.000/g, '');
      const rule = rrulestr(
        `DTSTART:${start}\nRRULE:FREQ=${FREQUENCIES[u]};INTERVAL=${interval};COUNT=20`,
      );
      const period: Period = { count: interval, unit: u };
      const times = rule
        .all()
        .map((_, index) => chargeTime(first.getTime(), period, index + 1, 'UTC'));
      expect(times).toEqual(rule.all().map((at) => at.getTime()));
    }),
    { numRuns: 300 },
  );
});
