import type { Uuid } from '#ledger/core/ids.ts';
import { recoverNext } from '#ledger/payments/payment-commands.ts';
import { schedule } from '#operation/declare/schedule.ts';
import { sweep } from '#operation/execution/sweep.ts';

/**
 * Finishes what was left between intent and outcome, by asking the acquirer: of an order all that
 * is pending, each transaction in a commit of its own.
 */
const recoverPayments = schedule({
  name: 'recoverPayments',
  summary: 'Finish payments that were interrupted',
  everyMinutes: 1,
  timeoutSeconds: 60,
  grants: {
    ledger: ['read', 'put', 'update', 'query due'],
    sends: ['notifications'],
    acquirer: true,
  },
  handle: (runtime, remainingMs, { isRestart }) => {
    const tried = new Set<Uuid>();
    return sweep(runtime, remainingMs, {
      kind: 'recover',
      graceMs: isRestart ? -runtime.settings.RECOVER_AFTER_SECONDS * 1000 : 0,
      async handle(context, item) {
        const { order } = await context.store.read(item.tenant, { order: item.order });
        return order !== null && recoverNext(context, order, tried);
      },
    });
  },
});

export default recoverPayments;
export const { handler } = recoverPayments;
