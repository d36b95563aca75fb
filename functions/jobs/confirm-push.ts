import { recover } from '#ledger/payments/payment-commands.ts';
import { job } from '#operation/declare/job.ts';
import { onOrder } from '#operation/execution/background.ts';
import { pushConfirmationMessage } from '#queues/push-confirmations.ts';

/**
 * Learns whether a payer accepted a payment on the telephone (contract C.3, pushPayment). A message
 * that is lost is made up for by the schedule that looks after pending transactions.
 */
const confirmPush = job({
  name: 'confirmPush',
  summary: 'Settle a payment that its payer accepts on the telephone',
  queue: 'push-confirmations',
  batchSize: 10,
  timeoutSeconds: 30,
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications'], acquirer: true },
  message: pushConfirmationMessage,
  handle: (ref, runtime, deadline) =>
    onOrder(runtime, ref, deadline, async (context, order) => {
      if (order.status === 'pending_payment') await recover(context, order);
    }),
});

export default confirmPush;
export const { handler } = confirmPush;
