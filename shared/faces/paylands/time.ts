import { tzOffset } from '@date-fns/tz/tzOffset';

/** The time zone of Paylands' answers. */
export const PAYLANDS_ZONE = 'Europe/Madrid';

/** `2022-11-16T11:16:33+0100`: wall time of a zone with its offset (contract A.4). */
export function zonedTime(time: string | number, zone: string = PAYLANDS_ZONE): string {
  const offset = offsetMinutes(time, zone);
  const sign = offset < 0 ? '-' : '+';
  const minutes = Math.abs(offset);
  return `${wallTime(time, offset)}${sign}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}

/** `2022-11-16 11:16:33`: wall time in Madrid (contract A.6). */
export function plainTime(time: string): string {
  return wallTime(time, offsetMinutes(time, PAYLANDS_ZONE)).replace('T', ' ');
}

/**
 * The instant of a filter in milliseconds since 1970: `YYYYMMDDHHmm`, or an ISO 8601 day or time,
 * which are wall time in Madrid unless an offset is given; NaN when there is no such time.
 */
export function filterTime(text: string): number {
  const [, year, month, day, hour = '00', minute = '00', offset = ''] =
    /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text) ?? ISO.exec(text) ?? [];
  const asUtc = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
  if (Number.isNaN(asUtc) || new Date(asUtc).getUTCDate() !== Number(day)) return Number.NaN;
  // A space is what is left of a plus sign in a query.
  if (offset !== '') {
    const zone = offset.replace(' ', '+').replace(/(\d\d)(\d\d)$/, '$1:$2');
    return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00${zone}`);
  }
  const guess = asUtc - offsetMinutes(asUtc, PAYLANDS_ZONE) * 60_000;
  return asUtc - offsetMinutes(guess, PAYLANDS_ZONE) * 60_000;
}

/** `2026-11-21`, `2026-11-21 12:30` and `2026-11-21T12:30:15.000+01:00`; seconds do not count. */
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+ -]\d{2}:?\d{2})?)?$/;

/**
 * The instant of `2022-11-16 11:16:33` (or of a date, at its first moment) as wall time of a zone,
 * or of `2022-11-16T11:16:33+01:00` wherever, in milliseconds since 1970; NaN when there is no such
 * date. A time that a change of the clock leaves out is that much later, one that it brings twice is
 * the first.
 */
export function instantIn(zone: string, text: string): number {
  const [, date = '', time = '00:00:00', utc, hours, minutes = '00'] =
    MOMENT.exec(text.trim()) ?? [];
  const asUtc = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(date)) return Number.NaN;
  if (utc !== undefined) return asUtc;
  if (hours !== undefined) return Date.parse(`${date}T${time}${hours}:${minutes}`);
  const before = asUtc - offsetMinutes(asUtc - DAY_MS, zone) * 60_000;
  const after = asUtc - offsetMinutes(asUtc + DAY_MS, zone) * 60_000;
  const shown = (instant: number) => instant + offsetMinutes(instant, zone) * 60_000;
  return shown(before) === asUtc || shown(after) !== asUtc ? before : after;
}

/** A date, perhaps with a time, and that with `Z`, `+01:00`, `+0100` or `+01`. */
const MOMENT =
  /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?:(Z)|([+-]\d{2}):?(\d{2})?)?)?$/i;

const QUARTER_MS = 15 * 60 * 1000;
const DAY_MS = 24 * 3600 * 1000;

/** The last one of each zone and its quarter of an hour, in which none changes. */
const lastOffsets = new Map<string, { quarter: number; minutes: number }>();

/** The zone that this process was started in, if anybody said so: see `environmentOf`. */
const OWN_ZONE = process.env.TZ;

function offsetMinutes(time: string | number, zone: string): number {
  const date = new Date(time);
  const quarter = Math.floor(date.getTime() / QUARTER_MS);
  const last = lastOffsets.get(zone);
  if (last?.quarter === quarter) return last.minutes;
  // Every date knows the process's own zone; `Intl` takes 12 ms of processor to find out the first.
  const minutes = zone === OWN_ZONE ? -date.getTimezoneOffset() : tzOffset(zone, date);
  lastOffsets.set(zone, { quarter, minutes });
  return minutes;
}

function wallTime(time: string | number, offset: number): string {
  return new Date(new Date(time).getTime() + offset * 60_000).toISOString().slice(0, 19);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
