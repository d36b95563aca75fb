import { importOrder } from '#administration/import-order.ts';
import { objectIdFromUuid, uuidFromObjectId } from '#ledger/core/ids.ts';
import { markerOf } from './drafts.ts';
import type { Till } from './till.ts';

/** Takes over an order of HighLevel; two people may do it at once, and some are paid afterwards. */
export async function takeOverOrder(till: Till): Promise<void> {
  const { random, shop } = till;
  const seconds = Math.floor(Date.parse(till.timeIn(0)) / 1000);
  const id = seconds.toString(16) + random.bytes(8).toString('hex');
  const uuid = uuidFromObjectId(id);
  const cents = random.int(10, 30_000);
  const isPaid = random.chance(0.5);
  const document = {
    _id: id,
    altId: shop.location,
    status: isPaid ? 'completed' : 'pending',
    currency: 'EUR',
    amount: cents / 100,
    contactId: `contact-${markerOf(till)}`,
    items: [],
    ...(random.chance(0.5) ? { coupon: { code: `CODE${random.int(1, 4)}` } } : {}),
  };
  const asks = [`import ${uuid}`, ...(isPaid ? [`manual ${uuid} ${cents}`] : [])];
  const take = () =>
    till.command('import', { asks, identity: id }, async ({ runtime }) => {
      const { access, locations, store } = runtime;
      await importOrder({ access, locations, ledger: store }, document);
    });
  if (random.chance(0.3)) await Promise.all([take(), take()]);
  else await take();
  if (isPaid || random.chance(0.3)) return;
  const path = `/payments/orders/${objectIdFromUuid(uuid)}/record-payment`;
  const place = { altId: shop.location, altType: 'location' };
  const body = { ...place, mode: 'cash', amount: cents / 100 };
  await till.highLevel(path, body, [`manual ${uuid} ${cents}`]);
}
