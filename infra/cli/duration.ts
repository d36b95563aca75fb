import { tz } from '@date-fns/tz';
import { addMonths } from 'date-fns/addMonths';

const UNITS_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * Milliseconds of a duration such as `90s`, `12h`, `30d`, `1w2d` or `1y`; years and months are
 * those of the calendar from a time on.
 * @throws when it is none
 */
export function parseDuration(text: string, fromMs: number): number {
  if (!/^(\d+(mo|[smhdwy]))+$/.test(text)) {
    throw new Error(`"${text}" is not a duration: write 90s, 15m, 12h, 30d, 2w, 6mo, 1y or 1d12h`);
  }
  const parts = [...text.matchAll(/(\d+)(mo|[smhdwy])/g)];
  const endMs = parts.reduce((timeMs, [, count, unit = '']) => {
    const months = MONTHS[unit];
    if (months === undefined) return timeMs + Number(count) * (UNITS_MS[unit] ?? 0);
    return addMonths(timeMs, Number(count) * months, { in: tz('UTC') }).getTime();
  }, fromMs);
  return endMs - fromMs;
}

const MONTHS: Readonly<Record<string, number>> = { mo: 1, y: 12 };

/** A duration in words: `30d 12h`. */
export function formatDuration(milliseconds: number): string {
  let left = milliseconds;
  const parts: string[] = [];
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const size = UNITS_MS[unit] ?? 1;
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.length === 0 ? '0s' : parts.join(' ');
}
