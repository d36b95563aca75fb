import type { Batch, BatchKind, BatchRow, ChunkProgress, ChunkRef } from '#ledger/batches/batch.ts';
import { watchBatch } from '#ledger/batches/batch-commands.ts';
import { type FileOfRows, receiveBatch } from '#ledger/batches/receive-batch.ts';
import { runChunk } from '#ledger/batches/run-chunk.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { deadlineIn } from '#ledger/core/deadline.ts';
import { mintUuid, type Uuid } from '#ledger/core/ids.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import { UnitOfWork } from '#ledger/core/unit-of-work.ts';
import type { Order } from '#ledger/orders/order.ts';
import { asAttempt } from '#operation/execution/background.ts';
import { chunkWorker } from '#operation/execution/chunk-worker.ts';
import { ledgerContext } from '#operation/execution/ledger-context.ts';
import { Memory } from '#operation/execution/memory.ts';
import { FaultyAcquirer } from './faulty-acquirer.ts';
import { startLedger, type TestLedger } from './ledger.ts';

/** Files of rows on a real ledger, with an acquirer that fails as it is told and a queue by hand. */
export class Batches {
  acquirer = new FaultyAcquirer();
  /** Messages that nobody has taken. */
  readonly queue: ChunkRef[] = [];
  readonly ledger: TestLedger;
  merchant: Merchant;
  #files = 0;

  private constructor(ledger: TestLedger, merchant: Merchant) {
    this.ledger = ledger;
    this.merchant = merchant;
    ledger.runtime.announce = async (announcements) => {
      for (const { queue, message } of announcements) {
        if (queue === 'batch-rows') this.queue.push(message);
      }
    };
  }

  /** On an engine of its own, or on one that is running already. */
  static async start(endpoint?: string): Promise<Batches> {
    const proxy = new Proxy({} as FaultyAcquirer, {
      get: (_, name) => {
        const value = Reflect.get(batches.acquirer, name);
        return typeof value === 'function' ? value.bind(batches.acquirer) : value;
      },
    });
    const ledger = await startLedger(proxy, endpoint);
    const batches = new Batches(ledger, await ledger.newMerchant());
    return batches;
  }

  /** A new merchant and an acquirer without a past. */
  async reset(): Promise<void> {
    this.acquirer = new FaultyAcquirer();
    this.queue.length = 0;
    this.merchant = await this.ledger.newMerchant();
  }

  /** Receives a file; it is the merchant's newest. */
  async receive(
    rows: readonly BatchRow[],
    options: Partial<FileOfRows> = {},
    attempt: Uuid = mintUuid(Date.now()),
    key: string | null = null,
  ): Promise<Uuid> {
    this.#files += 1;
    const file: FileOfRows = {
      kind: rows.some((row) => 'order' in row) ? 'refunds' : ('authorizations' satisfies BatchKind),
      filename: 'rows.csv',
      digest: `digest-${this.#files}`,
      executeAt: null,
      rows: async function* () {
        yield* rows;
      },
      ...options,
    };
    const receive = (context: LedgerContext) => receiveBatch(context, file);
    if (key === null) await this.attempt(receive, attempt);
    else await this.#withKey(receive, attempt, key);
    return attempt;
  }

  async #withKey(
    handle: (context: LedgerContext) => Promise<unknown>,
    attempt: Uuid,
    id: string,
  ): Promise<void> {
    const { runtime } = this.ledger;
    const expiresAt = Math.floor(Date.now() / 1000) + 3600;
    const key = { id, fingerprint: id, lockMs: 1000, expiresAt };
    const work = new UnitOfWork(
      runtime.store,
      this.merchant,
      { attempt, again: false, key },
      deadlineIn(60_000),
    );
    await handle(ledgerContext(runtime, await this.#background(), work, new Memory()));
    await work.complete(runtime.realNowMs(), { status: 200, body: '' });
    await runtime.announce(work.committedAnnouncements);
  }

  async attempt<T>(
    handle: (context: LedgerContext) => Promise<T>,
    attempt: Uuid = mintUuid(Date.now()),
  ): Promise<T> {
    const { runtime } = this.ledger;
    return asAttempt(runtime, await this.#background(), attempt, handle);
  }

  async #background() {
    const vault = await this.ledger.runtime.access.vault();
    return { vault, merchant: this.merchant, deadline: deadlineIn(60_000) };
  }

  /** Delivers a message; the result is whether it was handled without a failure. */
  async deliver(ref: ChunkRef, forMs = 60_000): Promise<boolean> {
    const worker = await chunkWorker(this.ledger.runtime, this.merchant, deadlineIn(forMs));
    return runChunk(worker, ref).then(
      () => true,
      () => false,
    );
  }

  /** Takes messages until there are none. */
  async drain(): Promise<void> {
    for (let ref = this.queue.shift(); ref !== undefined; ref = this.queue.shift()) {
      await this.deliver(ref);
    }
  }

  watch(batch: Uuid): Promise<void> {
    return this.attempt((context) => watchBatch(context, batch, { isRestart: false }));
  }

  async batch(uuid: Uuid): Promise<Batch> {
    const { batch } = await this.ledger.runtime.store.read(this.merchant, { batch: uuid });
    if (batch === null) throw new Error(`There is no batch ${uuid}`);
    return batch;
  }

  progress(uuid: Uuid): Promise<ChunkProgress[]> {
    return this.ledger.runtime.store.batchProgress(this.merchant, uuid);
  }

  async order(uuid: Uuid): Promise<Order | null> {
    return (await this.ledger.runtime.store.read(this.merchant, { order: uuid })).order;
  }
}
