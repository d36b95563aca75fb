import { recover } from '#ledger/payments/payment-commands.ts';
import { schedule } from '#operation/declare/schedule.ts';
import { sweep } from '#operation/execution/sweep.ts';

/** Finishes what was left between intent and outcome, by asking the acquirer. */
const recoverPayments = schedule({
  name: 'recoverPayments',
  summary: 'Finish payments that were interrupted',
  everyMinutes: 1,
  timeoutSeconds: 60,
  grants: { ledger: 'write', key: true, sends: ['notifications'] },
  handle: (runtime, remainingMs) =>
    sweep(runtime, remainingMs, {
      kind: 'recover',
      graceMs: 0,
      async handle(context, item) {
        const { order } = await context.store.read(item.tenant, { order: item.order });
        if (order !== null) await recover(context, order);
      },
    }),
});

export default recoverPayments;
export const { handler } = recoverPayments;
