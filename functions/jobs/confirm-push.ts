import { recover } from '#ledger/payments/payment-commands.ts';
import { job } from '#operation/declare/job.ts';
import { inBackground } from '#operation/execution/background.ts';
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
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications'] },
  message: pushConfirmationMessage,
  async handle(ref, runtime, deadline) {
    const merchant = await runtime.access.findMerchant(ref);
    if (merchant === null) return;
    const vault = await runtime.access.vault();
    await inBackground(runtime, vault, merchant, deadline, async (context) => {
      const { order } = await context.store.read(ref, { order: ref.order });
      if (order?.status === 'pending_payment') await recover(context, order);
    });
  },
});

export default confirmPush;
export const { handler } = confirmPush;
