import { type LedgerContext, nowMs } from '#ledger/core/context.ts';
import type { CustomerProfile } from '#ledger/customers/customer-file.ts';
import type { Order, Transaction } from '#ledger/orders/order.ts';
import { phoneOf } from '#ledger/orders/order-phone.ts';
import { isAttended } from '#ledger/payments/payment-conditions.ts';
import type { Antifraud } from './antifraud.ts';
import {
  dayOf,
  type Evaluation,
  evaluate,
  type Facts,
  longestDays,
  roomToday,
  staleDays,
} from './evaluation.ts';
import { matchesOf, type Screened } from './list-item.ts';
import { profileOf, wantsProfile, withProfile } from './screened-profile.ts';
import { activeLists, type SecurityPolicy, type VelocitySubject } from './security-policy.ts';
import type { Count, SecurityFindings } from './security-store.ts';

/** The result of screening a payment. */
export interface Screening {
  decision: 'proceed' | 'authenticate' | 'unattended' | 'fraud' | 'blacklisted';
  /** Null when the merchant has neither lists nor rules. */
  antifraud: Antifraud | null;
  counts: Count[];
}

const UNSCREENED: Screening = { decision: 'proceed', antifraud: null, counts: [] };

/**
 * Screens a payment that has begun by the merchant's lists and rules, which may have been read with
 * its order: one read batch, and another one when the customer's profile has e-mails or telephones
 * that the order lacks. Payments by mail and telephone are not screened (contract C.3,
 * motoApiPayment), nor are captures, voids and refunds.
 */
export async function screen(
  context: LedgerContext,
  begun: Order,
  known?: SecurityPolicy | null,
): Promise<Screening> {
  const transaction = begun.transactions.at(-1);
  if (transaction === undefined || !isScreened(transaction) || known === null) return UNSCREENED;
  const given = screenedPart(begun, transaction);
  const asked: { profile: Promise<CustomerProfile | null> | null } = { profile: null };
  // Asked for in the turn in which the lists are, so that it comes in the same batch.
  const first = await lookUp(context, begun, given, known, (policy) => {
    if (!wantsProfile(policy, begun.service.uuid)) return;
    asked.profile ??= profileOf(context, given.customer);
    // When the lists cannot be read either, nobody waits for it.
    asked.profile.catch(() => {});
  });
  const what = withProfile(given, await asked.profile);
  const findings = what === given ? first : await lookUp(context, begun, what, known);
  const { policy } = findings;
  if (policy === null || isIdle(policy)) return UNSCREENED;
  const facts = factsOf(context, begun, what, policy, findings);
  const evaluation = evaluate(policy, facts);
  const decision = decisionOf(evaluation, transaction);
  const counts = decision === 'proceed' ? countsOf(policy, evaluation, facts, what) : [];
  return { decision, antifraud: antifraudOf(policy, evaluation, counts), counts };
}

/** Looks up a payment in lists and counters, in one read batch. */
function lookUp(
  context: LedgerContext,
  begun: Order,
  what: Screened,
  known: SecurityPolicy | undefined,
  onPolicy: (policy: SecurityPolicy) => void = () => {},
): Promise<SecurityFindings> {
  const counters = countersOf(what);
  const keysFor = (policy: SecurityPolicy) => {
    onPolicy(policy);
    const lists = activeLists(policy, begun.service.uuid);
    const subjects = counters.filter(({ subject }) => longestDays(policy, subject) > 0);
    return {
      matches: lists.length === 0 ? [] : matchesOf(what, policy.itemKinds),
      counters: subjects.map(({ counter }) => counter),
    };
  };
  return context.store.security(context.merchant, keysFor, known);
}

/** The counts to take back for a payment that did not succeed. */
export function uncounted({ antifraud }: Transaction): Count[] {
  return (antifraud?.counted ?? []).map(({ counter, day, expiresAt }) => {
    return { counter, day, expiresAt, by: -1, below: null, stale: [] };
  });
}

function isScreened({ kind, conditions: { channel } }: Transaction): boolean {
  return (kind === 'sale' || kind === 'hold') && (channel === 'online' || channel === 'recurring');
}

function isIdle({ lists, rules }: SecurityPolicy): boolean {
  return rules.length === 0 && lists.every(({ enabled }) => !enabled);
}

function screenedPart(order: Order, { card, ip, conditions }: Transaction): Screened {
  const profile = order.extraData?.profile;
  const email = isObject(profile) && typeof profile.email === 'string' ? [profile.email] : [];
  const phones = [phoneOf(order), conditions.account?.phone ?? null];
  return {
    card: card === null ? null : (order.cards[card] ?? null),
    ip: ip ?? order.ip,
    emails: email,
    phones: phones.filter((phone) => phone !== null),
    customer: order.customer,
  };
}

function countersOf({ card, ip, customer }: Screened) {
  const values: Record<VelocitySubject, string | null> = {
    card: card?.fingerprint ?? null,
    ip,
    customer,
  };
  return (['card', 'ip', 'customer'] as const).flatMap((subject) => {
    const value = values[subject];
    return value === null ? [] : [{ subject, counter: `${subject}#${value}` }];
  });
}

function factsOf(
  context: LedgerContext,
  order: Order,
  what: Screened,
  policy: SecurityPolicy,
  { lists, counts }: SecurityFindings,
): Facts {
  const found = new Set([...lists.values()].flat());
  const hits = activeLists(policy, order.service.uuid).filter(({ uuid }) => found.has(uuid));
  const known = countersOf(what).map(({ subject, counter }) => [subject, counts.get(counter)]);
  return {
    colors: hits.map(({ color }) => color),
    amount: order.amount,
    country: what.card?.country ?? null,
    counts: Object.fromEntries(known.filter(([, count]) => count !== undefined)),
    today: dayOf(nowMs(context)),
  };
}

/** A payer who was authenticated, or pays from an account that does it, is not asked again. */
function decisionOf({ name }: Evaluation, transaction: Transaction): Screening['decision'] {
  if (name === 'BLACKLISTED') return 'blacklisted';
  if (name === 'FRAUD') return 'fraud';
  const { card, conditions } = transaction;
  if (name !== 'RISKY' || card === null || conditions.authenticated) return 'proceed';
  // What must not be paid without authentication is not when nobody can authenticate.
  return isAttended(conditions) ? 'authenticate' : 'unattended';
}

/** A payment counts from its intent on, so that many at once cannot pass together. */
function countsOf(
  policy: SecurityPolicy,
  evaluation: Evaluation,
  facts: Facts,
  what: Screened,
): Count[] {
  if (evaluation.name === 'WHITELISTED') return [];
  return countersOf(what).flatMap(({ subject, counter }) => {
    const days = longestDays(policy, subject);
    const counts = facts.counts[subject];
    if (days === 0 || counts === undefined) return [];
    return [
      {
        counter,
        day: facts.today,
        by: 1 as const,
        below: roomToday(policy, subject, facts),
        stale: staleDays(policy, subject, counts, facts.today),
        expiresAt: endOf(facts.today, days),
      },
    ];
  });
}

/** The end of a counter's last day, and a day more, in seconds since 1970. */
function endOf(today: string, days: number): number {
  const start = Date.parse(today.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3T00:00:00Z'));
  return start / 1000 + (days + 1) * 86_400;
}

function antifraudOf(
  { thresholds }: SecurityPolicy,
  { name, score, reasons }: Evaluation,
  counts: readonly Count[],
): Antifraud {
  return {
    evaluation: name,
    score,
    riskScore: thresholds.authenticate,
    fraudScore: thresholds.refuse,
    reasons,
    counted: counts.map(({ counter, day, expiresAt }) => ({ counter, day, expiresAt })),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
