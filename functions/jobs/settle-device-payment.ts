import { pendingTransactions } from '#ledger/orders/order.ts';
import { recover } from '#ledger/payments/payment-commands.ts';
import { job } from '#operation/declare/job.ts';
import { onOrder } from '#operation/execution/background.ts';
import { devicePaymentMessage } from '#queues/device-payments.ts';

/**
 * Learns what a terminal has decided (contract C.12) and frees it. A message that is lost is made
 * up for by the schedule that looks after pending transactions.
 */
const settleDevicePayment = job({
  name: 'settleDevicePayment',
  summary: 'Settle what was sent to a payment terminal',
  queue: 'device-payments',
  batchSize: 10,
  timeoutSeconds: 30,
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications'], acquirer: true },
  message: devicePaymentMessage,
  handle: (ref, runtime, deadline) =>
    onOrder(runtime, ref, deadline, async (context, order) => {
      const pending = pendingTransactions(order).find((one) => one.uuid === ref.transaction);
      if (pending !== undefined) await recover(context, order, pending);
    }),
});

export default settleDevicePayment;
export const { handler } = settleDevicePayment;
