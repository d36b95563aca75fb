import type {
  ListColor,
  SecurityPolicy,
  SecurityRule,
  VelocitySubject,
} from './security-policy.ts';

/** Successful payments of a card, an address or a customer, by day (`20261121`). */
export type DayCounts = Readonly<Record<string, number>>;

/** The facts that a payment is evaluated by. */
export interface Facts {
  /** The colours of the lists in force that it is on. */
  colors: readonly ListColor[];
  /** Minor units. */
  amount: number;
  /** Of the card, alpha-2, or null without one. */
  country: string | null;
  /**
   * Earlier payments with the same card, from the same address and of the same customer, as far as
   * the payment has these.
   */
  counts: Readonly<Partial<Record<VelocitySubject, DayCounts>>>;
  /** `20261121` */
  today: string;
}

/** Contract D.6. */
export type EvaluationName = 'NONE' | 'RISKY' | 'FRAUD' | 'WHITELISTED' | 'BLACKLISTED';

export interface Evaluation {
  name: EvaluationName;
  score: number;
  /** The names of the rules that it breaks, or of the list that it is on. */
  reasons: string[];
}

/**
 * Evaluates a payment by lists and rules. A black list comes first; a white one skips the rules; a
 * grey one asks for authentication; otherwise the scores of the broken rules add up.
 */
export function evaluate(policy: SecurityPolicy, facts: Facts): Evaluation {
  const { colors } = facts;
  if (colors.includes('black')) return { name: 'BLACKLISTED', score: 0, reasons: ['blacklist'] };
  if (colors.includes('white')) return { name: 'WHITELISTED', score: 0, reasons: ['whitelist'] };
  const broken = policy.rules.filter((rule) => isBroken(rule, facts));
  const score = broken.reduce((sum, rule) => sum + rule.score, 0);
  const reasons = broken.map(ruleName);
  const { thresholds } = policy;
  if (score >= thresholds.refuse) return { name: 'FRAUD', score, reasons };
  if (colors.includes('grey')) return { name: 'RISKY', score, reasons: ['greylist', ...reasons] };
  return { name: score >= thresholds.authenticate ? 'RISKY' : 'NONE', score, reasons };
}

/** The name of a rule, as its panel calls it (contract D.6). */
export function ruleName(rule: SecurityRule): string {
  if (rule.kind === 'amount') return 'maximumAmount';
  if (rule.kind === 'countries') return 'allowedCountries';
  return `maximumCorrectPaymentsBy${{ card: 'Card', ip: 'Ip', customer: 'Customer' }[rule.subject]}`;
}

/**
 * How many payments today's counter may hold before the next payment would break a velocity rule
 * that this one keeps; null when there is no such rule.
 */
export function roomToday(
  policy: SecurityPolicy,
  subject: VelocitySubject,
  facts: Facts,
): number | null {
  const rooms = policy.rules.flatMap((rule) => {
    if (rule.kind !== 'velocity' || rule.subject !== subject || isBroken(rule, facts)) return [];
    const counts = facts.counts[subject] ?? {};
    const before = countIn(counts, facts.today, rule.days) - (counts[facts.today] ?? 0);
    return [rule.payments - before];
  });
  return rooms.length === 0 ? null : Math.min(...rooms);
}

/**
 * A payment may be counted on a day that is over for others: its request is slow, or its clock is
 * behind, or was moved ahead meanwhile. It would find room again if that day was forgotten already.
 */
const DAYS_OF_GRACE = 7;

/** The days of a counter that are outside of every rule's window, also of who is behind. */
export function staleDays(
  policy: SecurityPolicy,
  subject: VelocitySubject,
  counts: DayCounts,
  today: string,
): string[] {
  const first = firstDay(today, longestDays(policy, subject) + DAYS_OF_GRACE);
  return Object.keys(counts).filter((day) => day < first);
}

/** The longest window of the rules on a subject, in days; 0 without one. */
export function longestDays({ rules }: SecurityPolicy, subject: VelocitySubject): number {
  const days = rules.map((rule) =>
    rule.kind === 'velocity' && rule.subject === subject ? rule.days : 0,
  );
  return Math.max(0, ...days);
}

export function dayOf(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 10).replaceAll('-', '');
}

function isBroken(rule: SecurityRule, facts: Facts): boolean {
  switch (rule.kind) {
    case 'amount':
      return facts.amount > rule.most;
    case 'countries':
      return facts.country !== null && !rule.allowed.includes(facts.country);
    case 'velocity': {
      const counts = facts.counts[rule.subject];
      return counts !== undefined && countIn(counts, facts.today, rule.days) >= rule.payments;
    }
  }
}

function countIn(counts: DayCounts, today: string, days: number): number {
  const first = firstDay(today, days);
  return Object.entries(counts)
    .filter(([day]) => day >= first && day <= today)
    .reduce((sum, [, count]) => sum + count, 0);
}

/** The first day of a window of some days that ends today. */
function firstDay(today: string, days: number): string {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(today) ?? [];
  return dayOf(Date.UTC(Number(year), Number(month) - 1, Number(day) - days + 1));
}
