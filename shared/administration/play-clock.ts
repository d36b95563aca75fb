import type { Batch } from '#ledger/batches/batch.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import { type Merchant, nowOf } from '#ledger/core/merchant.ts';
import type { DueItem, DueKind } from '#ledger/core/store.ts';
import { expireOrder } from '#ledger/orders/order-commands.ts';
import type { Renewed } from '#ledger/subscriptions/record-charge.ts';
import { inBackground } from '#operation/execution/background.ts';
import { renewOf } from '#operation/execution/renewals.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { playFile } from './play-file.ts';

/** What happened while a clock moved: a charge, a file that was worked on, an expired order. */
export type ClockEvent = { at: string } & (
  | { charge: Renewed }
  | { file: Batch }
  | { expired: Uuid }
);

/** So many pieces of work of the same minute are done in step, so that they share their reads. */
const AT_ONCE = 16;

const MINUTE_MS = 60_000;

/** For every piece of work: nobody stops this process. */
const NO_HURRY = { remainingMs: () => MINUTE_MS };

/**
 * Does what is due of a merchant with a test clock until a time, in the order of time, as the
 * schedules and jobs would that run every minute: each piece of work happens at the end of the
 * minute in which it is due, and what follows from it later at its own time. Others may do the same
 * work meanwhile; it is done once.
 */
export async function* playClock(
  runtime: Runtime,
  merchant: Merchant,
  untilMs: number,
): AsyncGenerator<ClockEvent> {
  for (let afterMs = 0; afterMs < untilMs; ) {
    const at = await firstDue(runtime, merchant, { afterMs, untilMs });
    if (at === null) return;
    const minuteMs = (Math.floor(Date.parse(at) / MINUTE_MS) + 1) * MINUTE_MS;
    afterMs = Math.max(Math.min(minuteMs, untilMs), nowOf(merchant, runtime.realNowMs()));
    yield* playMinute(runtime, merchant, Math.min(afterMs, untilMs));
  }
}

async function firstDue(
  { store }: Runtime,
  merchant: Merchant,
  window: { afterMs: number; untilMs: number },
): Promise<string | null> {
  const first = await Promise.all(KINDS.map((kind) => store.firstDue(kind, merchant, window)));
  return first.filter((at) => at !== null).toSorted()[0] ?? null;
}

const KINDS = ['expire', 'start_batch', 'renew'] as const satisfies readonly DueKind[];

/** Charges that were missed follow one another in the same minute. */
async function* playMinute(
  runtime: Runtime,
  merchant: Merchant,
  timeMs: number,
): AsyncGenerator<ClockEvent> {
  const then = { ...merchant, clockOffsetMs: timeMs - runtime.realNowMs() };
  const at = new Date(timeMs).toISOString();
  const work = [...(await dueOf(runtime, then, 'expire', timeMs))];
  for (const order of await sideBySide(work, (item) => expire(runtime, then, item))) {
    yield { at, expired: order };
  }
  for (const { batch } of await dueOf(runtime, then, 'start_batch', timeMs)) {
    const file = await playFile(runtime, then, batch, NO_HURRY);
    if (file !== null) yield { at, file };
  }
  for (;;) {
    const due = await dueOf(runtime, then, 'renew', timeMs);
    const charges = await sideBySide(due, ({ subscription }) =>
      renewOf(runtime, then, subscription, NO_HURRY),
    );
    for (const charge of charges) yield { at, charge };
    // Nothing else follows now: what is left waits for an answer of its acquirer.
    if (!charges.some(({ payment }) => payment !== null)) return;
  }
}

function dueOf<K extends DueKind>(
  { store }: Runtime,
  merchant: Merchant,
  kind: K,
  timeMs: number,
): Promise<DueItem<K>[]> {
  return Array.fromAsync(store.due(kind, merchant, timeMs));
}

async function expire(
  runtime: Runtime,
  merchant: Merchant,
  { order: uuid }: DueItem<'expire'>,
): Promise<Uuid | null> {
  const vault = await runtime.access.vault();
  return inBackground(runtime, vault, merchant, NO_HURRY, async (context) => {
    const { order } = await context.store.read(merchant, { order: uuid });
    return order !== null && expireOrder(context, order) !== order ? uuid : null;
  });
}

/** The results of all work, but those of nothing to do. */
async function sideBySide<T, R>(
  all: readonly T[],
  work: (one: T) => Promise<R | null>,
): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const block = await Promise.all(all.slice(from, from + AT_ONCE).map(work));
    results.push(...block.filter((result) => result !== null));
  }
  return results;
}
