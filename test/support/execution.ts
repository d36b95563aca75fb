import type { LedgerContext } from '#ledger/core/context.ts';
import { deadlineIn } from '#ledger/core/deadline.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import type { LedgerStore } from '#ledger/core/store.ts';
import type { Order } from '#ledger/orders/order.ts';
import { recoverNext } from '#ledger/payments/payment-commands.ts';
import { execute } from '#operation/execution/execute.ts';
import { sweep } from '#operation/execution/sweep.ts';
import { RequestError } from '#operation/http/errors.ts';
import type { Exchange, HttpReply } from '#operation/http/exchange.ts';
import { Crash, FaultyAcquirer } from './faulty-acquirer.ts';
import { newExchange, startLedger, type TestLedger } from './ledger.ts';

/** How long the first request with an idempotency key holds it. */
export const LOCK_MS = 90_000;

/** Runs pieces of work of the ledger as operations, with an acquirer that fails as it is told. */
export class Execution {
  acquirer = new FaultyAcquirer();
  readonly #ledger: TestLedger;
  merchant: Merchant;
  /** How long a request has. */
  requestMs = 20_000;

  private constructor(ledger: TestLedger, merchant: Merchant) {
    this.#ledger = ledger;
    this.merchant = merchant;
  }

  static async start(endpoint?: string | (() => string)): Promise<Execution> {
    const proxy = new Proxy({} as FaultyAcquirer, {
      get: (_, name) => {
        const value = Reflect.get(execution.acquirer, name);
        return typeof value === 'function' ? value.bind(execution.acquirer) : value;
      },
    });
    const ledger = await startLedger(proxy, endpoint);
    const execution = new Execution(ledger, await ledger.newMerchant());
    return execution;
  }

  /** A new merchant and an acquirer without a past. */
  async reset(): Promise<void> {
    this.acquirer = new FaultyAcquirer();
    this.merchant = await this.#ledger.newMerchant();
  }

  seed(changes: Partial<Order> = {}) {
    return this.#ledger.seed(this.merchant, changes);
  }

  get store(): LedgerStore {
    return this.#ledger.runtime.store;
  }

  advance(ms: number): void {
    this.#ledger.advance(ms);
  }

  stop(): Promise<void> {
    return this.#ledger.stop();
  }

  /** Sends a request whose answer is what the work returns, as JSON. */
  async send(
    key: string | null,
    handle: (context: LedgerContext) => Promise<unknown>,
  ): Promise<HttpReply | 'crash'> {
    try {
      return await execute(this.#ledger.runtime, this.#exchange(key), {
        handle: async (context) => ({ status: 200, body: JSON.stringify(await handle(context)) }),
        refuse: (error) => ({ status: 400, body: error.code }),
      });
    } catch (error) {
      if (error instanceof Crash) return 'crash';
      if (error instanceof RequestError) return { status: error.status, body: error.details };
      throw error;
    }
  }

  #exchange(key: string | null): Exchange {
    const deadline = deadlineIn(this.requestMs);
    return { ...newExchange(this.merchant, 'operation', key), deadline };
  }

  /** How messages are queued from now on. */
  publishWith(publish: () => Promise<void>): void {
    this.#ledger.runtime.publish = publish;
  }

  /** What the schedule does that looks after pending transactions. */
  recover(): Promise<void> {
    const tried = new Set<string>();
    return sweep(this.#ledger.runtime, () => 60_000, {
      kind: 'recover',
      graceMs: -10 * LOCK_MS,
      async handle(context, item) {
        const { order } = await context.store.read(item.tenant, { order: item.order });
        return order !== null && recoverNext(context, order, tried);
      },
    });
  }

  async order(uuid: string): Promise<Order> {
    const { order } = await this.#ledger.runtime.store.read(this.merchant, { order: uuid });
    if (order === null) throw new Error(`There is no order ${uuid}`);
    return order;
  }
}
