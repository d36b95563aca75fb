import type { Wallet } from './acquirer.ts';
import type { CardSnapshot } from './card.ts';
import { isoNow, type LedgerContext } from './context.ts';
import { LedgerError } from './errors.ts';
import { derivedUuid, type Uuid } from './ids.ts';
import { move } from './movement.ts';
import type { Order } from './order.ts';
import { claimReference } from './outcome.ts';
import { refuse } from './refusals.ts';
import { beginCharge, requirePayable } from './rules.ts';
import { findService } from './services.ts';
import { PLAIN_TERMS } from './terms.ts';

/**
 * Charges an order with what a wallet handed over (contract C.3, walletPayment). Apple Pay counts
 * as authenticated. A payload that is none refuses the order, which is consumed by it.
 * @throws LedgerError order_not_payable, order_busy, order_intent_mismatch,
 * reference_already_paid, acquirer_not_configured
 */
export async function payWithWallet(
  context: LedgerContext,
  input: { order: Uuid; wallet: Wallet; payload: unknown; ip: string | null },
): Promise<Order> {
  const { order: found } = await context.store.read(context.merchant, { order: input.order });
  if (found === null) throw new LedgerError('order_not_payable', input.order);
  const authenticated = input.wallet === 'APPLEPAY';
  const order = authenticated ? { ...found, secure: true } : found;
  const card = cardOf(context, order, input.wallet, input.payload);
  const terms = { ...PLAIN_TERMS, authenticated };
  if (card === null) {
    const attempt = { uuid: context.work.attempt, now: isoNow(context), ip: input.ip };
    return refuse(context, beginCharge(order, null, attempt, terms), UNREADABLE);
  }
  return move(context, order, (attempt) => {
    requirePayable(order, attempt.now);
    claimReference(context, order);
    return { order: beginCharge(order, card, { ...attempt, ip: input.ip }, terms), card: null };
  });
}

/** The error of a transaction whose wallet payload could not be read. */
export const UNREADABLE = { code: 'WALLET', description: 'The payload of the wallet is not valid' };

function cardOf(
  context: LedgerContext,
  order: Order,
  wallet: Wallet,
  payload: unknown,
): CardSnapshot | null {
  const service = findService(context.merchant, order.service.uuid);
  const opened = context.acquirerOf(service).openWallet(context.merchant, wallet, payload);
  if (opened === null) return null;
  return {
    ...opened,
    uuid: derivedUuid(context.work.attempt, 0),
    additional: null,
    origin: 'WALLET',
    saved: false,
    createdAt: isoNow(context),
    validatedAt: null,
  };
}
