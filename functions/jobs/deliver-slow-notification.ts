import { type Delivery, openDelivery, post, record, remember } from '#faces/paylands/deliver.ts';
import type { DeliveryAttempt } from '#ledger/outbox/notification.ts';
import { asked, tried, turnAt } from '#ledger/outbox/receiver.ts';
import { job } from '#operation/declare/job.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { notificationMessage } from '#queues/notification-message.ts';

/** A receiver that has not answered by then has failed (contract B.3). */
const TIMEOUT_MS = 10_000;

/** How long the others wait while one notification finds out whether a receiver answers. */
const WAIT_SECONDS = 5;

/**
 * Delivers notifications to receivers that take their time, and those that have failed before. One
 * that does not answer at all is asked by a single notification now and then; the others' attempts
 * have failed without being made, and are made again later.
 */
const deliverSlowNotification = job({
  name: 'deliverSlowNotification',
  summary: 'Deliver a notification to a receiver that takes its time',
  queue: 'slow-notifications',
  batchSize: 10,
  timeoutSeconds: 30,
  grants: { ledger: ['read', 'put'], sends: ['slow-notifications'] },
  message: notificationMessage,
  async handle(ref, runtime) {
    const delivery = await openDelivery(runtime, ref);
    if (delivery === null) return;
    const turn = await turnOf(runtime, delivery);
    if (turn === 'wait') return runtime.publish([{ ...ref, isSlow: true }], WAIT_SECONDS);
    if (turn === 'give_up') return record(runtime, delivery, notMade(runtime));
    const attempt = await post(runtime, turn, TIMEOUT_MS);
    await learn(runtime, turn, attempt);
    return record(runtime, turn, attempt);
  },
});

/** Whether it is to be sent now: as the delivery that may be, which has claimed its trial. */
async function turnOf(
  runtime: Runtime,
  delivery: Delivery,
): Promise<Delivery | 'wait' | 'give_up'> {
  const { receiver } = delivery;
  const nowMs = runtime.realNowMs();
  const turn = turnAt(receiver, nowMs);
  if (turn === 'send') return delivery;
  if (turn !== 'try' || receiver === null) return turn === 'give_up' ? 'give_up' : 'wait';
  const claimed = tried(receiver, nowMs);
  return (await remember(runtime, delivery, claimed)) ? { ...delivery, receiver: claimed } : 'wait';
}

async function learn(
  runtime: Runtime,
  delivery: Delivery,
  attempt: DeliveryAttempt,
): Promise<void> {
  const { receiver, origin } = delivery;
  const answerMs = attempt.error === 'timeout' ? null : attempt.durationMs;
  const next = asked(receiver, origin, answerMs, runtime.realNowMs());
  if (next !== null) await remember(runtime, delivery, next);
}

/** An attempt at a receiver that has just not answered another one. */
function notMade({ realNowMs }: Runtime): DeliveryAttempt {
  const at = new Date(realNowMs()).toISOString();
  return { at, status: null, durationMs: 0, error: 'receiver_silent' };
}

export default deliverSlowNotification;
export const { handler } = deliverSlowNotification;
