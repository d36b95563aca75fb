import { job } from '#operation/declare/job.ts';
import { renewSubscription } from '#operation/execution/renewals.ts';
import { renewalMessage } from '#queues/renewals.ts';

/** Makes the charge of a subscription that is due (contract C.11). */
const renewSubscriptionJob = job({
  name: 'renewSubscription',
  summary: 'Charge a subscription that is due',
  queue: 'renewals',
  batchSize: 10,
  timeoutSeconds: 30,
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications'], acquirer: true },
  message: renewalMessage,
  async handle(ref, runtime, deadline) {
    await renewSubscription(runtime, ref, deadline);
  },
});

export default renewSubscriptionJob;
export const { handler } = renewSubscriptionJob;
