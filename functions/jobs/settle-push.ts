import { recover } from '../../shared/ledger/payments.ts';
import { inBackground } from '../../shared/operation/background.ts';
import { job } from '../../shared/operation/job.ts';
import { settlementMessage } from '../../shared/queues/settlements.ts';

/**
 * Learns whether a payer accepted a payment on the telephone (contract C.3, pushPayment). A message
 * that is lost is made up for by the schedule that looks after pending transactions.
 */
const settlePush = job({
  name: 'settlePush',
  summary: 'Settle a payment that its payer accepts on the telephone',
  queue: 'push-settlements',
  batchSize: 10,
  timeoutSeconds: 30,
  grants: { ledger: 'write', key: true, sends: ['notifications'] },
  message: settlementMessage,
  async handle(ref, runtime) {
    const merchant = await runtime.access.findMerchant(ref);
    if (merchant === null) return;
    await inBackground(runtime, await runtime.access.vault(), merchant, async (context) => {
      const { order } = await context.store.read(ref, { order: ref.order });
      if (order?.status === 'pending_payment') await recover(context, order);
    });
  },
});

export default settlePush;
export const { handler } = settlePush;
