import type { Device } from '#ledger/devices/device.ts';
import type { Shop } from '../clients/shop.ts';
import type { RestWithOrders } from './check-all.ts';
import { storedUnder } from './stored.ts';

/** Clocks are off, and who has read a terminal in time may still send to it. */
const SETTLED_MS = 60_000;

/** No terminal is kept waiting by what is over; deleted ones are gone, and take nothing more. */
export function checkDevices(rest: RestWithOrders): void {
  const { world, shops } = rest;
  for (const item of world.engine.tables.get('ledger')?.all() ?? []) {
    const isHeld = item.pk?.S?.endsWith('#DEVICES') === true && item.takenBy !== undefined;
    if (isHeld) world.fail(`terminal ${item.sk?.S} is still held by ${item.takenBy?.S}`);
  }
  for (const shop of shops) {
    for (const finding of wrongTerminals(rest, shop)) world.fail(`terminal ${finding}`);
  }
}

function wrongTerminals({ world, orders }: RestWithOrders, shop: Shop): string[] {
  const { tenant, removals, clockAheadMs } = shop;
  const stored = storedUnder<Device>(world.engine, `#${tenant.merchant}#DEVICES`);
  const known = new Set(stored.map(({ id }) => id));
  const transactions = orders.flatMap((order) => order.transactions);
  return [...removals].flatMap(([id, { tries, busy, doneAtMs }]) => {
    if (doneAtMs === null) {
      const isKept = tries > busy || known.has(id);
      return isKept ? [] : [`${id} was deleted, which was refused`];
    }
    const late = transactions.filter(
      ({ device, createdAt }) =>
        device?.id === id && clockAheadMs === null && Date.parse(createdAt) > doneAtMs + SETTLED_MS,
    );
    return [
      ...(known.has(id) ? [`${id} was deleted, and is still there`] : []),
      ...late.map(({ kind, uuid }) => `${id} was deleted before its ${kind} ${uuid}`),
    ];
  });
}
