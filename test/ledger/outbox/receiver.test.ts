import { expect, test } from 'vitest';
import { asked, isSlow, slowed, tried, turnAt } from '#ledger/outbox/receiver.ts';

const ORIGIN = 'https://shop.example';
const NOW = Date.UTC(2026, 10, 20);

test('one that nothing is known of is sent to, and stays unknown while it answers quickly', () => {
  expect(turnAt(null, NOW)).toBe('send');
  expect(asked(null, ORIGIN, 200, NOW)).toBeNull();
});

test('one that does not answer quickly is slow, and one notification finds out how slow', () => {
  const slow = slowed(null, ORIGIN, NOW);
  expect(isSlow(slow, NOW)).toBe(true);
  expect(turnAt(slow, NOW)).toBe('try');
  const onTrial = tried(slow, NOW);
  expect([slow.version, onTrial.version]).toEqual([1, 2]);
  expect(turnAt(onTrial, NOW + 1000)).toBe('wait');
  expect(turnAt(onTrial, NOW + 60_000), 'who tried has died').toBe('try');
});

test('one that takes its time and answers is sent to by all, apart from the quick', () => {
  const answered = asked(tried(slowed(null, ORIGIN, NOW), NOW), ORIGIN, 4000, NOW + 4000);
  expect(turnAt(answered, NOW + 4000)).toBe('send');
  const hour = 3_600_000;
  expect([0, hour - 1, hour].map((ms) => isSlow(answered, NOW + 4000 + ms))).toEqual([
    true,
    true,
    false,
  ]);
  expect(asked(answered, ORIGIN, 4000, NOW + 5000), 'nothing new').toBeNull();
});

test('one that never answers is left alone for longer each time, a quarter of an hour at most', () => {
  let receiver = slowed(null, ORIGIN, NOW);
  const pauses: number[] = [];
  for (let silence = 0; silence < 8; silence += 1) {
    receiver = asked(receiver, ORIGIN, null, NOW) ?? receiver;
    expect(turnAt(receiver, NOW + 1)).toBe('give_up');
    pauses.push((receiver.shutUntilMs - NOW) / 1000);
  }
  expect(pauses).toEqual([60, 120, 240, 480, 900, 900, 900, 900]);
});

test('one that answers quickly again is like any other', () => {
  const silent = asked(slowed(null, ORIGIN, NOW), ORIGIN, null, NOW);
  const back = asked(silent, ORIGIN, 100, NOW + 60_000);
  expect(isSlow(back, NOW + 60_000)).toBe(false);
  expect(turnAt(back, NOW + 60_000)).toBe('send');
});
