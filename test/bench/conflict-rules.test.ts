import { expect, test } from 'vitest';
import { countConflicts, type Life, type Load } from './conflict-rules.ts';

/** The same numbers in every run. */
function seeded(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const loadOf = (ordersPerSecond: number): Load => ({
  ordersPerSecond,
  seconds: 60,
  holdMs: [10, 15],
  pauseMs: 20,
  random: seeded(),
});

const life = (order: number, ...more: string[]): Life => [
  { items: [`order-${order}`, ...more], isTransaction: true },
];

test('orders that have nothing in common never meet', () => {
  const lives = [life(1), life(2)];
  expect(countConflicts(lives, loadOf(1000)).conflicts).toBe(0);
});

test('orders that count on one item meet, the more the busier', () => {
  const lives = [life(1, 'counter'), life(2, 'counter')];
  const [rare, often] = [10, 100].map((rate) => countConflicts(lives, loadOf(rate)));
  expect((rare?.conflicts ?? 0) / (rare?.writes ?? 1)).toBeGreaterThan(0.02);
  expect((often?.conflicts ?? 0) / (often?.writes ?? 1)).toBeGreaterThan(0.3);
});

test('single writes wait for each other', () => {
  const single = (order: number): Life => [
    { items: [`order-${order}`, 'counter'], isTransaction: false },
  ];
  expect(countConflicts([single(1), single(2)], loadOf(100)).conflicts).toBe(0);
  expect(countConflicts([single(1), life(2, 'counter')], loadOf(100)).conflicts).toBeGreaterThan(0);
});
