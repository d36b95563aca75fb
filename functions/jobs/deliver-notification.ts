import { openDelivery, post, record, remember } from '#faces/paylands/deliver.ts';
import { isSlow, slowed } from '#ledger/outbox/receiver.ts';
import { job } from '#operation/declare/job.ts';
import { notificationMessage } from '#queues/notification-message.ts';

/** Who has not answered by then waits its turn apart, so that it does not keep others waiting. */
const PATIENCE_MS = 1500;

/**
 * Delivers an outbox entry to the order's `url_post` (contract B) and records the attempt. One that
 * its receiver does not answer quickly is left to `deliverSlowNotification`, and so are all others
 * to that receiver from then on.
 */
const deliverNotification = job({
  name: 'deliverNotification',
  summary: 'Deliver a notification',
  queue: 'notifications',
  batchSize: 10,
  timeoutSeconds: 30,
  grants: { ledger: ['read', 'put'], sends: ['notifications', 'slow-notifications'] },
  message: notificationMessage,
  async handle(ref, runtime) {
    const delivery = await openDelivery(runtime, ref);
    if (delivery === null) return;
    const { receiver, origin } = delivery;
    const leave = () => runtime.publish([{ ...ref, receiver: origin, isSlow: true }]);
    if (isSlow(receiver, runtime.realNowMs())) return leave();
    const attempt = await post(runtime, delivery, PATIENCE_MS);
    if (attempt.error !== 'timeout') return record(runtime, delivery, attempt);
    await remember(runtime, delivery, slowed(receiver, origin, runtime.realNowMs()));
    return leave();
  },
});

export default deliverNotification;
export const { handler } = deliverNotification;
