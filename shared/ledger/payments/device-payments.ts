import type { LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import { derivedUuid, type ObjectId, type OrderUuid } from '#ledger/core/ids.ts';
import { findService } from '#ledger/core/services.ts';
import { type Device, requireUsable } from '#ledger/devices/device.ts';
import {
  type Order,
  pendingTransactions,
  requireRoomForMoney,
  transactionOf,
} from '#ledger/orders/order.ts';
import {
  createdBefore,
  draftOrder,
  type OrderDraft,
  stageCustomer,
} from '#ledger/orders/order-commands.ts';
import { beginCapture, beginRefund, beginVoid } from './begin-follow-up.ts';
import { beginDevicePayment } from './begin-payment.ts';
import type { Attempt } from './begin-transaction.ts';
import { attemptOf } from './run-transaction.ts';
import { claimReference, stageOrder } from './stage-outcome.ts';
import { screenPayment } from './stop-payment.ts';

/** An order and the terminal that works on it. */
export interface AtDevice {
  order: Order;
  device: Device;
}

/**
 * Creates an order and sends its payment or hold to a terminal (contract C.12). The terminal is
 * busy from the commit of the intent to that of the result, which a queue's job or the recovery
 * fetches.
 * @throws LedgerError device_not_found, device_not_usable, device_busy, reference_already_paid,
 * acquirer_not_configured
 */
export async function payAtDevice(
  context: LedgerContext,
  input: { device: ObjectId; draft: Omit<OrderDraft, 'service'> },
): Promise<AtDevice> {
  const uuid = derivedUuid(context.work.attempt, 1);
  const { device: found } = await context.store.read(context.merchant, { device: input.device });
  const known = await createdBefore(context, uuid);
  if (known !== null && found !== null) return { order: known, device: found };
  const device = requireUsable(found, input.device);
  const order = draftOrder(context, { ...input.draft, service: device.service }, uuid);
  const begun = beginDevicePayment(order, attemptOf(context));
  stageCustomer(context, order);
  claimReference(context, order);
  const screened = await screenPayment(context, begun);
  // What the merchant's lists stop never reaches the terminal.
  if (screened.isStopped) return { order: screened.order, device };
  return { order: send(context, screened.order, device), device };
}

/** What can be sent to a terminal for an order that was paid at one. */
interface Command {
  device: ObjectId;
  order: OrderUuid;
}

/**
 * Sends the capture of a hold; `amount` in minor units, null for all of it.
 * @throws LedgerError as `capture`, and as `payAtDevice`
 */
export function captureAtDevice(
  context: LedgerContext,
  { amount, ...command }: Command & { amount: number | null },
): Promise<AtDevice> {
  return sendCommand(context, command, (order, attempt) => {
    const service = findService(context.merchant, order.service.uuid);
    return beginCapture(order, service, amount, attempt);
  });
}

/** @throws LedgerError as `release`, and as `payAtDevice` */
export function releaseAtDevice(context: LedgerContext, command: Command): Promise<AtDevice> {
  return sendCommand(context, command, beginVoid);
}

/**
 * Sends a refund; `amount` in minor units, null for everything left.
 * @throws LedgerError as `refund`, and as `payAtDevice`
 */
export function refundAtDevice(
  context: LedgerContext,
  { amount, ...command }: Command & { amount: number | null },
): Promise<AtDevice> {
  return sendCommand(context, command, (order, attempt) => beginRefund(order, amount, attempt));
}

async function sendCommand(
  context: LedgerContext,
  command: Command,
  begin: (order: Order, attempt: Attempt) => Order,
): Promise<AtDevice> {
  const { order, device: found } = await context.store.read(context.merchant, command);
  if (found === null) throw new LedgerError('device_not_found', command.device);
  if (order === null) throw new LedgerError('order_not_found', command.order);
  if (transactionOf(order, context.work.attempt) !== null) return { order, device: found };
  const device = requireUsable(found, command.device);
  context.requireAcquirer(findService(context.merchant, order.service.uuid));
  // Said of the terminal, not of the order that it works on.
  const isAtWork = pendingTransactions(order).some((one) => one.device?.id === device.id);
  if (isAtWork) throw new LedgerError('device_busy', device.id);
  return { order: send(context, begin(order, attemptOf(context)), device), device };
}

/** Stages the intent, takes the terminal and asks for its answer, all in one commit. */
function send(context: LedgerContext, begun: Order, { id }: Device): Order {
  const { merchant, environment } = context.merchant;
  const transaction = begun.transactions.at(-1);
  if (transaction === undefined) throw new Error('An intent without a transaction');
  const sent = { ...transaction, device: { id, presented: null } };
  const order = { ...begun, transactions: [...begun.transactions.slice(0, -1), sent] };
  const task = { order: order.uuid, transaction: sent.uuid };
  context.work.stage({ change: 'device_taken', device: id, ...task });
  context.work.announce({
    queue: 'device-payments',
    message: { merchant, environment, ...task },
  });
  return stageOrder(context, requireRoomForMoney(order));
}
