import type { LedgerContext } from '#ledger/core/context.ts';
import { getOrder } from '#ledger/orders/order-commands.ts';
import { afterSending, beforeAttempt, type Message } from '#ledger/outbox/message.ts';
import { fulfillmentMessage } from '#messages/fulfillment-message.ts';
import type { Send } from '#messages/message.ts';
import { messenger } from '#messages/messenger.ts';
import { schedule } from '#operation/declare/schedule.ts';
import { sweep } from '#operation/execution/sweep.ts';

/** Sends the messages that are due to buyers, each at least once; what fails is tried again. */
const sendMessages = schedule({
  name: 'sendMessages',
  summary: 'Send the messages that are due to buyers',
  everyMinutes: 1,
  timeoutSeconds: 60,
  grants: { ledger: ['read', 'query', 'put', 'query due'], messages: ['mail'] },
  handle: (runtime, remainingMs) => {
    const send = messenger(runtime);
    return sweep(runtime, remainingMs, {
      kind: 'message',
      graceMs: 0,
      async handle(context, { tenant, order }) {
        const now = new Date(context.realNowMs()).toISOString();
        for (const message of await context.store.messages(tenant, order)) {
          const isDue = message.dueAt !== null && message.dueAt <= now;
          if (isDue) await sendOne(context, send, message);
        }
      },
    });
  },
});

/** Claimed before it is sent, so that two runs at the same time send it once. */
async function sendOne(context: LedgerContext, send: Send, message: Message): Promise<void> {
  const { work, merchant } = context;
  const claimed = beforeAttempt(message, context.realNowMs());
  work.stage({ change: 'message', message: claimed });
  await work.checkpoint(context.realNowMs());
  const order = await getOrder(context, message.order);
  const fulfillment = order.fulfillments.find(({ id }) => id === message.id);
  if (fulfillment === undefined) throw new Error('A message about nothing');
  await send(fulfillmentMessage(order, merchant, fulfillment, message.to));
  work.stage({ change: 'message', message: afterSending(claimed) });
}

export default sendMessages;
export const { handler } = sendMessages;
