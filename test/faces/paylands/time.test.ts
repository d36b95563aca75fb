import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { filterTime, PAYLANDS_ZONE, plainTime, zonedTime } from '#faces/paylands/time.ts';

test.each([
  ['2026-01-15T11:00:00.000Z', '2026-01-15T12:00:00+0100'],
  ['2026-07-15T11:00:00.999Z', '2026-07-15T13:00:00+0200'],
  ['2026-12-31T23:30:00.000Z', '2027-01-01T00:30:00+0100'],
  // The hour that happens twice when summer time ends.
  ['2026-10-25T00:30:00.000Z', '2026-10-25T02:30:00+0200'],
  ['2026-10-25T01:30:00.000Z', '2026-10-25T02:30:00+0100'],
])('%s is %s in Madrid', (utc, madrid) => {
  expect(zonedTime(utc)).toBe(madrid);
  expect(plainTime(utc)).toBe(madrid.slice(0, 19).replace('T', ' '));
});

test.each([
  ['Asia/Kolkata', '2026-01-15T16:30:00+0530'],
  ['America/St_Johns', '2026-01-15T07:30:00-0330'],
])('knows the half-hour zone %s', (zone, expected) => {
  expect(zonedTime('2026-01-15T11:00:00.000Z', zone)).toBe(expected);
});

test.each([
  ['202601151200', '2026-01-15T11:00:00.000Z'],
  ['202607151300', '2026-07-15T11:00:00.000Z'],
  ['202610250130', '2026-10-24T23:30:00.000Z'],
  ['202603290330', '2026-03-29T01:30:00.000Z'],
  ['2026-01-15', '2026-01-14T23:00:00.000Z'],
  ['2026-07-15T13:00', '2026-07-15T11:00:00.000Z'],
  ['2026-07-15 13:00:59', '2026-07-15T11:00:00.000Z'],
  ['2026-07-15T13:00:00.000Z', '2026-07-15T13:00:00.000Z'],
  ['2026-07-15T13:00:00+0200', '2026-07-15T11:00:00.000Z'],
  ['2026-07-15T13:00:00 02:00', '2026-07-15T11:00:00.000Z'],
])('the filter %s is %s', (filter, utc) => {
  expect(new Date(filterTime(filter)).toISOString()).toBe(utc);
});

test.each([
  '',
  '2026',
  '202613011200',
  '202602301200',
  '202601012460',
  'yesterday',
  '2026-02-30',
  '2026-01-15T25:00',
  '15/01/2026',
])('the filter %j is no time', (filter) => {
  expect(filterTime(filter)).toBeNaN();
});

/** Every six hours of 70 years, as a process tells their times that was started in a zone. */
async function timesIn(zone: string | undefined, setup = ''): Promise<string> {
  const program = `${setup};
    const { zonedTime } = await import('./shared/faces/paylands/time.ts');
    const hash = (await import('node:crypto')).createHash('sha256');
    for (let time = 0; time < 70 * 365 * 24; time += 6) hash.update(zonedTime(time * 3600_000));
    console.log(zonedTime('2026-07-15T11:00:00Z'), hash.digest('hex'));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', program],
    { env: zone === undefined ? {} : { TZ: zone } },
  );
  return stdout;
}

test('a process that was started in Madrid tells the same times, without looking the zone up', async () => {
  const times = await timesIn(undefined);
  expect(times).toMatch(/^2026-07-15T13:00:00\+0200 /);
  expect(await timesIn(PAYLANDS_ZONE, 'delete Intl.DateTimeFormat')).toBe(times);
  expect(await timesIn('America/New_York')).toBe(times);
});
