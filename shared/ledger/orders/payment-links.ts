import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { OrderUuid } from '#ledger/core/ids.ts';
import { stageOrder } from '#ledger/payments/stage-outcome.ts';
import { isOpen, type Order, pendingTransactions } from './order.ts';
import { getOrder } from './order-commands.ts';

/**
 * Makes an order ready for its link to be sent (contract C.3, sendOrderLink): its page gets the
 * template and the language that the link is sent with. Sending comes after this is written, so
 * that two requests with one idempotency key do not both send.
 * @throws LedgerError order_not_found, order_not_open
 */
export async function prepareLink(
  context: LedgerContext,
  input: { order: OrderUuid; template: string | null; language: string | null },
): Promise<Order> {
  const order = await getOrder(context, input.order);
  const isPayment = order.intent === 'sale' || order.intent === 'hold';
  const isPayable = isOpen(order) && pendingTransactions(order).length === 0;
  if (!isPayment || !isPayable || order.expiresAt <= isoNow(context)) {
    throw new LedgerError('order_not_open', order.uuid);
  }
  const template = input.template ?? order.template;
  const language = input.language ?? order.language;
  const isSame = template === order.template && language === order.language;
  const ready = isSame ? order : stageOrder(context, { ...order, template, language });
  await context.work.checkpoint(context.realNowMs());
  return ready;
}
