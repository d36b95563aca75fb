import { type BatchReport, reportOf } from '#administration/batches.ts';
import { deviceWork } from '#administration/device-taps.ts';
import type { Batch } from '#ledger/batches/batch.ts';
import { nowOf, type Tenant } from '#ledger/core/merchant.ts';
import type { Device } from '#ledger/devices/device.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { Notification } from '#ledger/outbox/notification.ts';
import type { DeviceWork } from '#ledger/payments/device-taps.ts';
import { type Letter, lettersIn } from '#messages/mailbox.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';

export interface OrderHistory {
  order: Order;
  notifications: Notification[];
}

/** A terminal, what it works on, and when it decides that by itself in real time. */
export interface TerminalState {
  device: Device;
  work: DeviceWork | null;
  decidesAtMs: number;
}

/** What the home page shows that changes. */
export interface Live {
  orders: OrderHistory[];
  terminals: TerminalState[];
  batches: BatchReport[];
  letters: Letter[];
  /** How far the merchant's clock is ahead of the real one. */
  clockOffsetMs: number;
}

const ORDERS = 8;
const FINISHED_BATCHES = 3;
const LETTERS = 5;

/** Reads what happened last to a merchant; the cost does not grow with what it has. */
export async function readLive(
  runtime: Runtime,
  tenant: Tenant,
  mailboxFile: string,
): Promise<Live> {
  const merchant = await runtime.access.findMerchant(tenant);
  const clockOffsetMs = merchant === null ? 0 : nowOf(merchant, 0);
  const [orders, terminals, batches, letters] = await Promise.all([
    lastOrders(runtime, tenant),
    terminalsOf(runtime, tenant, clockOffsetMs),
    lastBatches(runtime, tenant),
    lettersIn(mailboxFile),
  ]);
  const lastLetters = letters.slice(-LETTERS).reverse();
  return { orders, terminals, batches, letters: lastLetters, clockOffsetMs };
}

async function lastOrders({ store }: Runtime, tenant: Tenant): Promise<OrderHistory[]> {
  const page = { fromMs: null, toMs: null, limit: ORDERS, offset: 0 };
  const { entries } = await store.orders(tenant, page, {});
  // The list may lag behind by moments; the history does not.
  const histories = await Promise.all(entries.map(({ uuid }) => store.history(tenant, uuid)));
  return histories.flatMap(({ order, notifications }) =>
    order === null ? [] : [{ order, notifications }],
  );
}

async function terminalsOf(
  runtime: Runtime,
  tenant: Tenant,
  clockOffsetMs: number,
): Promise<TerminalState[]> {
  const devices = await runtime.store.devices(tenant);
  const waitMs = runtime.settings.SANDBOX_DEVICE_SECONDS * 1000 - clockOffsetMs;
  return Promise.all(
    devices.map(async (device) => {
      const work = await deviceWork(runtime, tenant, device.id);
      const decidesAtMs = work === null ? 0 : Date.parse(work.transaction.createdAt) + waitMs;
      return { device, work, decidesAtMs };
    }),
  );
}

/** All files that are not over, and the last ones that are. */
async function lastBatches(runtime: Runtime, tenant: Tenant): Promise<BatchReport[]> {
  const batches = await runtime.store.batches(tenant);
  const isOver = ({ state }: Batch) => state === 'finished' || state === 'cancelled';
  const shown = new Set([
    ...batches.filter((one) => !isOver(one)),
    ...batches.filter(isOver).slice(0, FINISHED_BATCHES),
  ]);
  const target = { access: runtime.access, ledger: runtime.store };
  return Promise.all(
    batches.filter((one) => shown.has(one)).map((batch) => reportOf(target, tenant, batch)),
  );
}
