import type { LedgerContext } from '#ledger/core/context.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import type { Plan } from '#ledger/plans/plan.ts';
import { createPlan, createProduct } from '#ledger/plans/plan-commands.ts';
import { billedOf } from '#ledger/subscriptions/billed-subscription.ts';
import type { Renewed } from '#ledger/subscriptions/record-charge.ts';
import {
  type BillingDraft,
  cancelSubscription,
  subscribe,
} from '#ledger/subscriptions/subscribe.ts';
import type { SubscriptionRecord } from '#ledger/subscriptions/subscription-store.ts';
import { inBackground } from '#operation/execution/background.ts';
import { execute } from '#operation/execution/execute.ts';
import { queueRenewals, renewSubscription } from '#operation/execution/renewals.ts';
import type { RenewalRef } from '#queues/renewals.ts';
import { Crash, FaultyAcquirer } from './faulty-acquirer.ts';
import { newExchange, startLedger, type TestLedger } from './ledger.ts';
import { SERVICE } from './orders.ts';

const DEADLINE = { remainingMs: () => 60_000 };

export const DAY_MS = 86_400_000;

/** Subscriptions on a real engine, with an acquirer that fails as it is told. */
export class Renewals {
  readonly acquirer: FaultyAcquirer;
  readonly ledger: TestLedger;
  readonly merchant: Merchant;
  /** What the schedule queued. */
  readonly queued: RenewalRef[] = [];

  private constructor(ledger: TestLedger, acquirer: FaultyAcquirer, merchant: Merchant) {
    this.ledger = ledger;
    this.acquirer = acquirer;
    this.merchant = merchant;
    ledger.runtime.announce = async (announcements) => {
      for (const { queue, message } of announcements) {
        // Other tests left subscriptions of other merchants.
        const isOwn = message.merchant === merchant.merchant;
        if (queue === 'renewals' && isOwn) this.queued.push(message);
      }
    };
  }

  static async start(endpoint?: string | (() => string)): Promise<Renewals> {
    const acquirer = new FaultyAcquirer();
    const ledger = await startLedger(acquirer, endpoint);
    return new Renewals(ledger, acquirer, await ledger.newMerchant());
  }

  get nowMs(): number {
    return this.ledger.runtime.realNowMs();
  }

  /** Subscribes a customer with a card of its own to a plan of its own. */
  async subscribe(
    draft: Partial<BillingDraft> = {},
    plan: Partial<Plan> = {},
  ): Promise<SubscriptionRecord> {
    const { card } = await this.ledger.seed(this.merchant);
    const name = card.uuid;
    await this.work((context) =>
      createProduct(context, { externalId: name, name: 'Streaming', notifyUrl: 'http://x.test/' }),
    );
    await this.work((context) =>
      createPlan(context, {
        externalId: name,
        name: 'Monthly',
        amount: 499,
        period: { count: 1, unit: 'month' },
        trial: { isOffered: false, count: null, unit: null },
        ...plan,
        product: name,
      }),
    );
    const full: BillingDraft = {
      plan: name,
      subscriber: card.customer,
      payer: card.customer,
      intent: 'sale',
      service: SERVICE.uuid,
      card: card.uuid,
      additional: null,
      notifyUrl: null,
      firstAt: () => null,
      totalPayments: 100,
      maxAttempts: 3,
      ...draft,
    };
    let id = '';
    const subscribing = this.request(async (context) => {
      const renewed = await subscribe(context, full);
      id = renewed.subscription.id;
    });
    await subscribing.catch((error) => {
      if (!(error instanceof Crash)) throw error;
    });
    if (id === '') id = (await this.newest()).subscription.id;
    return this.read(id);
  }

  cancel(id: string): Promise<unknown> {
    return this.request((context) => cancelSubscription(context, id));
  }

  /** Does what an operation does. */
  async request(handle: (context: LedgerContext) => Promise<unknown>): Promise<void> {
    const exchange = newExchange(this.merchant, 'operation', null);
    await execute(this.ledger.runtime, exchange, {
      handle: async (context) => {
        await handle(context);
        return { status: 200, body: '' };
      },
      refuse: (error) => {
        throw error;
      },
    });
  }

  async work(handle: (context: LedgerContext) => Promise<unknown>): Promise<void> {
    const vault = await this.ledger.runtime.access.vault();
    await inBackground(this.ledger.runtime, vault, this.merchant, DEADLINE, handle);
  }

  async read(
    id: string,
  ): Promise<SubscriptionRecord & { billing: NonNullable<Renewed['billing']> }> {
    const found = await this.ledger.runtime.store.subscriptionRecord(this.merchant, id);
    const kept = found && billedOf(found.subscription, found.billing);
    if (!found || !kept) throw new Error(`There is no subscription ${id}`);
    return { ...found, billing: kept.billing };
  }

  async newest(): Promise<SubscriptionRecord> {
    const slice = { limit: 1, offset: 0 };
    const [newest] = await this.ledger.runtime.store.billedSubscriptions(this.merchant, slice);
    if (newest === undefined) throw new Error('There is no subscription');
    return newest;
  }

  /** A run of the schedule. */
  schedule(): Promise<void> {
    return queueRenewals(this.ledger.runtime, () => 60_000);
  }

  /** Makes a due charge; a crash is one of the function. */
  async renew(id: string): Promise<Renewed | null | 'crash'> {
    const ref = { ...this.merchant, subscription: id };
    return renewSubscription(this.ledger.runtime, ref, DEADLINE).catch((error) => {
      if (error instanceof Crash) return 'crash';
      throw error;
    });
  }

  /** Runs schedule and jobs until nothing is due. The clock moves on until claims are over. */
  async settle(): Promise<void> {
    for (let run = 0; run < 100; run += 1) {
      await this.schedule();
      if (this.queued.length === 0) {
        this.ledger.advance(15 * 60_000);
        await this.schedule();
        if (this.queued.length === 0) return;
      }
      await Promise.all(this.queued.splice(0).map((ref) => this.renew(ref.subscription)));
    }
    throw new Error('Something stays due');
  }
}
