import type { RestWithOrders } from './check-all.ts';

/** No terminal is kept waiting by what is over. */
export function checkDevices({ world }: RestWithOrders): void {
  for (const item of world.engine.tables.get('ledger')?.all() ?? []) {
    const isHeld = item.pk?.S?.endsWith('#DEVICES') === true && item.takenBy !== undefined;
    if (isHeld) world.fail(`terminal ${item.sk?.S} is still held by ${item.takenBy?.S}`);
  }
}
