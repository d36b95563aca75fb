import type { CardSnapshot } from '#ledger/cards/card.ts';
import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import { derivedUuid, type OrderUuid } from '#ledger/core/ids.ts';
import { findService } from '#ledger/core/services.ts';
import { type Order, transactionOf } from '#ledger/orders/order.ts';
import type { Wallet } from './acquirer.ts';
import { beginCharge, requirePayable } from './begin-payment.ts';
import { decline } from './declines.ts';
import { leaveToPayer } from './leave-to-payer.ts';
import { orderToPay } from './order-to-pay.ts';
import type { Payer } from './payer.ts';
import { PLAIN_CONDITIONS } from './payment-conditions.ts';
import { runTransaction } from './run-transaction.ts';
import { claimReference } from './stage-outcome.ts';

/**
 * Charges an order with what a wallet handed over (contract C.3, walletPayment). Apple Pay counts
 * as authenticated; a secure order is left to its payer with Google Pay. A payload
 * that cannot be read ends the order as refused.
 * @throws LedgerError order_not_payable, order_busy, order_intent_mismatch,
 * reference_already_paid, acquirer_not_configured
 */
export async function payWithWallet(
  context: LedgerContext,
  input: { order: OrderUuid; wallet: Wallet; payload: unknown; payer: Payer },
): Promise<Order> {
  const order = await orderToPay(context, input.order);
  if (transactionOf(order, context.work.attempt)?.status === 'refused') return order;
  const authenticated = input.wallet === 'APPLEPAY';
  const card = cardOf(context, order, input.wallet, input.payload);
  const conditions = { ...PLAIN_CONDITIONS, authenticated };
  if (card === null) {
    const attempt = { uuid: context.work.attempt, now: isoNow(context), ...input.payer };
    return decline(context, beginCharge(order, null, attempt, conditions), UNREADABLE);
  }
  if (order.secure && !authenticated) return leaveToPayer(context, order, card);
  return runTransaction(context, order, (attempt) => {
    requirePayable(order, attempt.now);
    claimReference(context, order);
    return {
      order: beginCharge(order, card, { ...attempt, ...input.payer }, conditions),
      card: null,
    };
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
