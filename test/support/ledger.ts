import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { startEngine } from '#infra/local/engine.ts';
import { createTables } from '#infra/local/tables.ts';
import { type Card, snapshotOf } from '#ledger/cards/card.ts';
import { deadlineIn } from '#ledger/core/deadline.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { Acquirer } from '#ledger/payments/acquirer.ts';
import type { Exchange } from '#operation/http/exchange.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { readSettings } from '#operation/runtime/settings.ts';
import { AccessStore } from '#store/access/access-store.ts';
import { LocationStore } from '#store/access/location-store.ts';
import { TemplateStore } from '#store/access/template-store.ts';
import { dynamoClient } from '#store/core/client.ts';
import { ledgerStore } from '#store/ledger.ts';
import { CARD, NOW, newOrder, SERVICE } from './orders.ts';

/** A ledger on a real engine, with an acquirer and a clock that a test controls. */
export interface TestLedger {
  runtime: Runtime;
  /** A merchant of its own, so that tests do not see each other's data. */
  newMerchant(): Promise<Merchant>;
  /** Moves the real clock. */
  advance(ms: number): void;
  seed(merchant: Merchant, changes?: Partial<Order>): Promise<{ order: Order; card: Card }>;
  /** Where its engine listens. */
  endpoint: string;
  stop(): Promise<void>;
}

/** As often as our clients repeat, without the pauses that an engine beside us has no use for. */
const AT_ONCE = new ConfiguredRetryStrategy(3, 1);

/** On an engine of its own, or on one that is running already, wherever it is at each call. */
export async function startLedger(
  acquirer: Acquirer,
  endpoint?: string | (() => string),
): Promise<TestLedger> {
  process.env.AWS_REGION ??= 'eu-west-1';
  process.env.AWS_ACCESS_KEY_ID ??= 'test';
  process.env.AWS_SECRET_ACCESS_KEY ??= 'test';
  const engine = endpoint === undefined ? await startEngine(null) : null;
  const own = endpoint ?? engine?.endpoint ?? '';
  const route = typeof own === 'function' ? own : () => own;
  const address = route();
  const client = dynamoClient(address, {
    retryStrategy: AT_ONCE,
    endpointProvider: () => ({ url: new URL(route()) }),
  });
  await createTables(client, { ledger: 'ledger', access: 'access' });
  const keys = {
    wrap: async (key: Uint8Array) => Buffer.from(key).toString('base64'),
    unwrap: async (wrapped: string) => Buffer.from(wrapped, 'base64'),
  };
  const access = new AccessStore(client, 'access', keys);
  await access.createVault();
  const store = ledgerStore(client, 'ledger');
  let offsetMs = 0;
  const runtime: Runtime = {
    settings: readSettings({ LEDGER_TABLE: 'ledger', ACCESS_TABLE: 'access' }),
    log: () => {},
    guard: null,
    access,
    templates: new TemplateStore(client, 'access'),
    locations: new LocationStore(client, 'access'),
    store,
    requireAcquirer: () => {},
    acquirerOf: () => acquirer,
    cardAcquirer: () => acquirer,
    publish: async () => {},
    publishPushConfirmations: async () => {},
    announce: async () => {},
    realNowMs: () => Date.now() + offsetMs,
  };
  return {
    runtime,
    newMerchant: () => newMerchant(access),
    advance: (ms) => {
      offsetMs += ms;
    },
    seed: (merchant, changes) => seed(runtime, merchant, changes),
    endpoint: address,
    async stop() {
      client.destroy();
      await engine?.stop();
    },
  };
}

async function newMerchant(access: AccessStore): Promise<Merchant> {
  const merchant: Merchant = {
    merchant: mintUuid(Date.now()),
    environment: 'sandbox',
    name: 'Test',
    timeZone: 'Europe/Madrid',
    signature: 'signature',
    clockOffsetMs: 0,
    testClock: false,
    services: [SERVICE],
  };
  const { signature, ...rest } = merchant;
  const encryptedSignature = (await access.vault()).encrypt(signature);
  await access.putMerchant({ ...rest, encryptedSignature, version: 1, createdAt: NOW });
  return merchant;
}

const UNPAID = { paidAt: null, paidWith: null, tokenizedWith: null };

async function seed(runtime: Runtime, merchant: Merchant, changes: Partial<Order> = {}) {
  const nowMs = runtime.realNowMs();
  const expiresAt = new Date(nowMs + 3_600_000).toISOString();
  const order = newOrder({ ...changes, uuid: mintUuid(nowMs), expiresAt });
  const card: Card = {
    ...snapshotOf({ ...CARD, ...UNPAID, version: 1, customer: '' }),
    uuid: mintUuid(nowMs),
    version: 1,
    customer: order.customer ?? '',
    ...UNPAID,
  };
  await runtime.store.commit(merchant, [
    { change: 'order', order, due: { kind: 'none' }, testClock: false },
    { change: 'card', card },
  ]);
  return { order, card };
}

/** A request as `execute` takes it, authenticated and validated. */
export function newExchange(merchant: Merchant, name: string, key: string | null): Exchange {
  return {
    event: {} as Exchange['event'],
    operation: { name } as Exchange['operation'],
    requestId: 'request',
    startedMs: 0,
    deadline: deadlineIn(20_000),
    environment: merchant.environment,
    body: { name },
    input: { path: undefined, query: undefined, body: undefined },
    caller: { merchant },
    idempotencyKey: key,
    log: {},
  };
}
