import { isoNow, type LedgerContext } from './context.ts';
import { LedgerError } from './errors.ts';
import type { Uuid } from './ids.ts';
import { move } from './movement.ts';
import type { Order } from './order.ts';
import { claimReference, stageOrder } from './outcome.ts';
import { beginOtherPayment } from './rules.ts';
import { findService } from './services.ts';
import { PLAIN_TERMS, type Terms } from './terms.ts';

/**
 * Asks the payer to accept a payment on the telephone (contract C.3, pushPayment). The order waits;
 * a queue, or the schedule that looks after pending transactions, learns what became of it.
 * @throws LedgerError order_not_payable, order_busy, order_intent_mismatch, phone_required,
 * reference_already_paid, acquirer_not_configured
 */
export async function requestPush(
  context: LedgerContext,
  input: { order: Uuid; method: string },
): Promise<Order> {
  const order = await load(context, input.order);
  context.acquirerOf(findService(context.merchant, order.service.uuid));
  const phone = phoneOf(order);
  if (phone === null) throw new LedgerError('phone_required', order.uuid);
  const attempt = { uuid: context.work.attempt, now: isoNow(context) };
  const begun = beginOtherPayment(order, attempt, termsOf(input.method, phone));
  claimReference(context, begun);
  return stageOrder(context, begun);
}

/**
 * Pays an order by Bizum with the telephone number that its payer typed in (contract G).
 * @throws LedgerError order_not_payable, order_busy, order_intent_mismatch,
 * reference_already_paid, acquirer_not_configured
 */
export async function payByBizum(
  context: LedgerContext,
  input: { order: Uuid; phone: string; ip: string | null },
): Promise<Order> {
  const order = await load(context, input.order);
  return move(context, order, (attempt) => {
    const terms = termsOf('BIZUM', input.phone);
    const begun = beginOtherPayment(order, { ...attempt, ip: input.ip }, terms);
    claimReference(context, begun);
    return { order: begun, card: null };
  });
}

/** The telephone number that the merchant gave with the order (`extra_data.profile.phone`). */
export function phoneOf(order: Order): string | null {
  const profile = order.extraData?.profile;
  const phone = isObject(profile) ? profile.phone : null;
  if (!isObject(phone)) return null;
  const { prefix, number } = phone;
  const digits = typeof number === 'number' ? String(number) : number;
  if (typeof digits !== 'string' || digits === '') return null;
  const country = String(prefix ?? '').replace(/\D/g, '');
  return country === '' || /\D/.test(digits) ? digits : `+${country}${digits}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function termsOf(method: string, phone: string): Terms {
  return { ...PLAIN_TERMS, account: { method, phone } };
}

async function load(context: LedgerContext, uuid: Uuid): Promise<Order> {
  const { order } = await context.store.read(context.merchant, { order: uuid });
  if (order === null) throw new LedgerError('order_not_payable', uuid);
  return order;
}
