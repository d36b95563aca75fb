/** A month of expiry, `MM` and `YY`. */
export interface Expiry {
  month: string;
  year: string;
}

/** Reads `12/34`, `1/34`, `1234`, `12 / 2034` and `2034-12`, as people and browsers fill it in. */
export function readExpiry(text: string): Expiry | null {
  const [, isoYear, isoMonth] = /^\s*20(\d\d)-(\d\d)\s*$/.exec(text) ?? [];
  const [, typedMonth = isoMonth, typedYear = isoYear] =
    /^\s*(\d{1,2}(?=\D)|\d{2})\s*[/.-]?\s*(?:20)?(\d{2})\s*$/.exec(text) ?? [];
  if (typedMonth === undefined || typedYear === undefined) return null;
  const month = typedMonth.padStart(2, '0');
  return month >= '01' && month <= '12' ? { month, year: typedYear } : null;
}

/** A card is good until its month is over everywhere, twelve hours later than in UTC. */
export function isOver({ month, year }: Expiry, nowMs: number): boolean {
  return Date.UTC(2000 + Number(year), Number(month), 1, 12) <= nowMs;
}

/** What is typed in so far, as `MM/YY`: a year of four digits is left until it is whole. */
export function typedExpiry(text: string): string {
  const whole = /\d{4}/.test(text) ? readExpiry(text) : null;
  if (whole !== null) return `${whole.month}/${whole.year}`;
  const [, first = '', separator = '', rest = ''] =
    /^\D*(\d{0,2})([^\d]*)(\d{0,4})/.exec(text) ?? [];
  if (first.length === 2) return `${first}/${rest}`;
  const isMonth = first !== '' && (Number(first) > 1 || /[/.-]/.test(separator));
  return isMonth ? `0${first}/${rest}` : first;
}
