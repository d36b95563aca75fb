import type { LedgerContext } from '#ledger/core/context.ts';
import type { Deadline } from '#ledger/core/deadline.ts';
import { type Merchant, nowOf, type Tenant } from '#ledger/core/merchant.ts';
import type { DueItem, DueKind } from '#ledger/core/store.ts';
import { ON_TEST_CLOCKS } from '#ledger/core/test-clocks.ts';
import { errorFields } from '#operation/runtime/log.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { inBackground } from './background.ts';

/** How many due items are worked on in parallel. */
const WORKERS = 8;

/** A schedule stops this long before its function would be stopped. */
const RESERVE_MS = 10_000;

/** How due work of a kind is done. What time does not suffice for is left to the next run. */
export interface Sweep<K extends DueKind> {
  kind: K;
  /** Only work that has been due for at least this long. */
  graceMs: number;
  /**
   * Does one piece of work, whose changes are then committed; `true` when the same item has more to
   * do.
   */
  handle(context: LedgerContext, item: DueItem<K>): Promise<unknown>;
}

/** A due item, and the time by which it was due on the clock that it follows. */
export interface Due<K extends DueKind> {
  item: DueItem<K>;
  untilMs: number;
}

/** @throws when a piece of work failed, after all others were tried */
export async function sweep<K extends DueKind>(
  runtime: Runtime,
  remainingMs: () => number,
  work: Sweep<K>,
): Promise<void> {
  const merchants = new MerchantsOfRun(runtime);
  const items = dueItems(runtime, work)[Symbol.asyncIterator]();
  const deadline = { remainingMs: () => remainingMs() - RESERVE_MS };
  let count = 0;
  let failures = 0;
  const worker = async () => {
    while (deadline.remainingMs() > 0) {
      const { value: due, done } = await items.next();
      if (done === true) return;
      count += 1;
      const of = due && { merchants, item: due.item, deadline };
      // Added afterwards: `failures += await …` would forget what others count meanwhile.
      const failed = of === null ? 1 : await workOn(runtime, of, work);
      failures += failed;
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  if (count > 0) runtime.log('info', 'swept', { function: work.kind, count });
  if (failures > 0) throw new Error(`${failures} of ${count} due items failed`);
}

/**
 * Due items of all merchants on the real clock, then of those with test clocks; null for a merchant
 * whose items cannot be read, so that the sweep goes on with the others.
 */
export async function* dueItems<K extends DueKind>(
  runtime: Runtime,
  work: Pick<Sweep<K>, 'kind' | 'graceMs'>,
): AsyncGenerator<Due<K> | null> {
  const untilMs = runtime.realNowMs() - work.graceMs;
  for await (const item of runtime.store.due(work.kind, 'shared', untilMs)) yield { item, untilMs };
  if (!ON_TEST_CLOCKS.includes(work.kind)) return;
  for (const merchant of await runtime.access.merchants()) {
    if (!merchant.testClock) continue;
    try {
      const ownMs = nowOf(merchant, untilMs);
      for await (const item of runtime.store.due(work.kind, merchant, ownMs)) {
        yield { item, untilMs: ownMs };
      }
    } catch (error) {
      const fields = { merchant: merchant.merchant, ...errorFields(error) };
      runtime.log('error', 'due_list_failed', fields);
      yield null;
    }
  }
}

async function workOn<K extends DueKind>(
  runtime: Runtime,
  of: { merchants: MerchantsOfRun; item: DueItem<K>; deadline: Deadline },
  work: Sweep<K>,
): Promise<0 | 1> {
  const { merchants, item, deadline } = of;
  try {
    const merchant = await merchants.find(item.tenant);
    if (merchant === null) return 0;
    // Opened when there is work: a deployment without merchants has no key yet.
    const vault = await runtime.access.vault();
    const handle = (context: LedgerContext) => work.handle(context, item);
    while ((await inBackground(runtime, vault, merchant, deadline, handle)) === true) {
      if (deadline.remainingMs() <= 0) break;
    }
    return 0;
  } catch (error) {
    const { tenant: _tenant, ...named } = item;
    const fields = { merchant: item.tenant.merchant, ...named, ...errorFields(error) };
    runtime.log('error', 'due_item_failed', fields);
    return 1;
  }
}

/** Reads every merchant once in a run. */
class MerchantsOfRun {
  readonly #runtime: Runtime;
  readonly #found = new Map<string, Promise<Merchant | null>>();

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  find(tenant: Tenant): Promise<Merchant | null> {
    const name = `${tenant.environment}#${tenant.merchant}`;
    const found = this.#found.get(name) ?? this.#runtime.access.findMerchant(tenant);
    this.#found.set(name, found);
    return found;
  }
}
