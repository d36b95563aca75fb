import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dayOf,
  evaluate,
  type Facts,
  roomToday,
  ruleName,
  staleDays,
} from '#ledger/security/evaluation.ts';
import { NO_POLICY, type SecurityRule } from '#ledger/security/security-policy.ts';

const TODAY = '20261121';
const DAY_MS = 24 * 3600_000;
const dayBefore = (days: number) => dayOf(Date.UTC(2026, 10, 21) - days * DAY_MS);

const subject = fc.constantFrom('card' as const, 'ip' as const, 'customer' as const);
const score = fc.integer({ min: 0, max: 150 });
const rule: fc.Arbitrary<SecurityRule> = fc.oneof(
  fc.record({
    kind: fc.constant('velocity' as const),
    subject,
    payments: fc.integer({ min: 1, max: 10 }),
    days: fc.integer({ min: 1, max: 30 }),
    score,
  }),
  fc.record({ kind: fc.constant('amount' as const), most: fc.nat(2000), score }),
  fc.record({
    kind: fc.constant('countries' as const),
    allowed: fc.subarray(['ES', 'PT', 'MT']),
    score,
  }),
);
const policy = fc
  .record({
    rules: fc.array(rule, { maxLength: 6 }),
    authenticate: fc.integer({ min: 1, max: 100 }),
    more: fc.nat(100),
  })
  .map(({ rules, authenticate, more }) => ({
    ...NO_POLICY,
    rules,
    thresholds: { authenticate, refuse: authenticate + more },
  }));
const counts = fc
  .array(fc.tuple(fc.nat(40), fc.integer({ min: 0, max: 6 })))
  .map((days) => Object.fromEntries(days.map(([ago, count]) => [dayBefore(ago), count])));
const facts: fc.Arbitrary<Facts> = fc.record({
  colors: fc.subarray(['black' as const, 'white' as const, 'grey' as const]),
  amount: fc.nat(3000),
  country: fc.constantFrom('ES', 'PT', 'MT', null),
  counts: fc.record({ card: counts, ip: counts, customer: counts }, { requiredKeys: [] }),
  today: fc.constant(TODAY),
});

describe('an evaluation', () => {
  test('says black before white, white before rules, and fraud before grey', () => {
    fc.assert(
      fc.property(policy, facts, (rules, known) => {
        const { name, score: sum } = evaluate(rules, known);
        const { thresholds } = rules;
        const isRisky = known.colors.includes('grey') || sum >= thresholds.authenticate;
        const byRules = sum >= thresholds.refuse ? 'FRAUD' : isRisky ? 'RISKY' : 'NONE';
        const byWhite = known.colors.includes('white') ? 'WHITELISTED' : byRules;
        expect(name).toBe(known.colors.includes('black') ? 'BLACKLISTED' : byWhite);
      }),
    );
  });

  test('adds the scores of the rules that are broken, and of no other', () => {
    fc.assert(
      fc.property(policy, facts, (rules, known) => {
        const plain = { ...known, colors: [] };
        const alone = rules.rules.map((one) => evaluate({ ...rules, rules: [one] }, plain).score);
        expect(evaluate(rules, plain).score).toBe(alone.reduce((sum, one) => sum + one, 0));
      }),
    );
  });

  test('is never better for a payment that is larger or that more was paid before', () => {
    fc.assert(
      fc.property(policy, facts, fc.nat(1000), fc.nat(29), (rules, known, more, ago) => {
        const card = known.counts.card ?? {};
        const day = dayBefore(ago);
        const worse: Facts = {
          ...known,
          amount: known.amount + more,
          counts: { ...known.counts, card: { ...card, [day]: (card[day] ?? 0) + 1 } },
        };
        expect(evaluate(rules, worse).score).toBeGreaterThanOrEqual(evaluate(rules, known).score);
      }),
    );
  });
});

describe('the room of a day', () => {
  test('is what makes the next payment break a rule that this one keeps', () => {
    fc.assert(
      fc.property(policy, counts, (rules, card) => {
        const known: Facts = {
          colors: [],
          amount: 0,
          country: null,
          counts: { card },
          today: TODAY,
        };
        const room = roomToday(rules, 'card', known);
        const broken = (today: number) =>
          evaluate(rules, { ...known, counts: { card: { ...card, [TODAY]: today } } }).reasons
            .length;
        const now = card[TODAY] ?? 0;
        if (room === null) return;
        expect(room).toBeGreaterThan(now);
        expect(broken(room - 1)).toBe(broken(now));
        expect(broken(room)).toBeGreaterThan(broken(now));
      }),
    );
  });

  test('days that are forgotten change nothing, for who counts a day that is over either', () => {
    fc.assert(
      fc.property(policy, counts, fc.nat(7), (rules, card, ago) => {
        const later = dayBefore(-ago);
        const stale = staleDays(rules, 'card', card, later);
        const kept = Object.fromEntries(
          Object.entries(card).filter(([day]) => !stale.includes(day)),
        );
        const known = { colors: [], amount: 0, country: null, today: TODAY };
        expect(evaluate(rules, { ...known, counts: { card: kept } })).toEqual(
          evaluate(rules, { ...known, counts: { card } }),
        );
      }),
    );
  });

  test('days are forgotten a week after no rule looks at them', () => {
    const days = { [dayBefore(8)]: 1, [dayBefore(7)]: 1, [TODAY]: 1 };
    const rules = [{ kind: 'velocity', subject: 'card', payments: 3, days: 1, score: 1 } as const];
    const stale = staleDays({ ...NO_POLICY, rules }, 'card', days, TODAY);
    expect(stale).toEqual([dayBefore(8)]);
  });
});

test('rules have the names of their panel', () => {
  const velocity = { kind: 'velocity', payments: 1, days: 1, score: 1 } as const;
  expect(ruleName({ ...velocity, subject: 'card' })).toBe('maximumCorrectPaymentsByCard');
  expect(ruleName({ ...velocity, subject: 'ip' })).toBe('maximumCorrectPaymentsByIp');
  expect(ruleName({ ...velocity, subject: 'customer' })).toBe('maximumCorrectPaymentsByCustomer');
});
