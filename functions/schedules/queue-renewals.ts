import { schedule } from '#operation/declare/schedule.ts';
import { queueRenewals } from '#operation/execution/renewals.ts';

/** Queues the charges of subscriptions that are due by their merchant's clock (contract C.11). */
const queueRenewalsSchedule = schedule({
  name: 'queueRenewals',
  summary: 'Queue the charges of subscriptions that are due',
  everyMinutes: 1,
  timeoutSeconds: 60,
  grants: { ledger: ['update', 'query due'], access: 'list', key: false, sends: ['renewals'] },
  handle: queueRenewals,
});

export default queueRenewalsSchedule;
export const { handler } = queueRenewalsSchedule;
