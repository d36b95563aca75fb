const UNITS_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * Milliseconds of a duration such as `90s`, `12h`, `30d` or `1w2d`.
 * @throws when it is none
 */
export function parseDuration(text: string): number {
  if (!/^(\d+[smhdw])+$/.test(text)) {
    throw new Error(`"${text}" is not a duration: write 90s, 15m, 12h, 30d, 2w or 1d12h`);
  }
  const parts = [...text.matchAll(/(\d+)([smhdw])/g)];
  return parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS_MS[unit ?? ''] ?? 0),
    0,
  );
}

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
