import { expireOrder } from '#ledger/orders/order-commands.ts';
import { schedule } from '#operation/declare/schedule.ts';
import { sweep } from '#operation/execution/sweep.ts';

/** Closes open orders whose time has come by their merchant's clock (contract D.1, EXPIRED). */
const expireOrders = schedule({
  name: 'expireOrders',
  summary: 'Close orders that nobody paid in time',
  everyMinutes: 1,
  timeoutSeconds: 60,
  grants: {
    ledger: ['read', 'put', 'update', 'query due'],
    access: 'list',
    sends: ['notifications'],
  },
  handle: (runtime, remainingMs) =>
    sweep(runtime, remainingMs, {
      kind: 'expire',
      graceMs: 0,
      async handle(context, item) {
        const { order } = await context.store.read(item.tenant, { order: item.order });
        if (order !== null) expireOrder(context, order);
      },
    }),
});

export default expireOrders;
export const { handler } = expireOrders;
