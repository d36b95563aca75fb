import { importSubscriptions } from '#administration/import-subscriptions.ts';
import { markerOf } from './drafts.ts';
import type { Till } from './till.ts';

/**
 * Takes over some subscriptions of HighLevel, twice at once at times, and again when they have
 * changed there.
 */
export async function takeOverSubscriptions(till: Till): Promise<void> {
  const { random, shop } = till;
  const createdAt = till.timeIn(0);
  const seconds = Math.floor(Date.parse(createdAt) / 1000).toString(16);
  const documents = Array.from({ length: random.int(1, 3) }, () => ({
    _id: seconds + random.bytes(8).toString('hex'),
    altId: shop.location,
    contactId: `contact-${markerOf(till)}`,
    currency: 'EUR',
    amount: random.int(1, 300),
    createdAt,
  }));
  const take = async (status: string): Promise<void> => {
    const json = documents.map((one) => ({ ...one, status, updatedAt: till.timeIn(0) }));
    const asks = documents.map(({ _id: id }) => `takeover ${id} ${status}`);
    const asked = { asks, identity: `${documents[0]?._id} ${status}` };
    await till.command('import-subscription', asked, async ({ runtime }) => {
      const { access, locations, store } = runtime;
      await importSubscriptions({ access, locations, ledger: store }, json);
    });
  };
  if (random.chance(0.3)) await Promise.all([take('active'), take('active')]);
  else await take('active');
  if (random.chance(0.5)) await take('canceled');
}
