import { addDevice, removeDevice } from '#administration/devices.ts';
import { customerOf, markerOf } from './drafts.ts';
import type { Removals } from './shop.ts';
import type { Till } from './till.ts';

/** Sells at the shop's only terminal, which other tills want too. */
export async function sellAtTerminal(till: Till): Promise<void> {
  const { random, shop } = till;
  const marker = markerOf(till);
  const isHold = random.chance(0.3);
  const body = {
    device: shop.device,
    // The terminal cancels the first of these and refuses the second.
    amount: random.pick([100, 200, random.int(300, 9000), random.int(300, 9000)]),
    description: 'At the till',
    customer_ext_id: customerOf(till),
    additional: marker,
    url_post: 'https://shop.example/told',
  };
  const path = isHold ? '/posms/preauth' : '/posms/payment';
  const answer = await till.paylands(path, body, `charge ${marker}`);
  if (answer === null) return;
  const { uuid, amount } = answer.order;
  await till.wait(random.between(8000, 40_000));
  const command = { device: shop.device, order_uuid: uuid };
  if (isHold && random.chance(0.6)) {
    await till.paylands('/posms/preauth/confirm', command, `capture ${uuid}`);
  } else if (isHold) {
    await till.paylands('/posms/preauth/cancel', command, `void ${uuid}`);
  }
  if (random.chance(0.5)) return;
  await till.wait(random.between(8000, 40_000));
  const part = random.int(1, amount);
  const refund = { ...command, amount: part };
  await till.paylands('/posms/refund', refund, `refund ${uuid} ${part}`);
}

/** Deletes the shop's terminal, at which somebody may be selling, and adds another one. */
export async function replaceTerminal(till: Till): Promise<void> {
  if (till.random.chance(0.5)) await Promise.all([sellAtTerminal(till), replace(till)]);
  else await replace(till);
}

async function replace(till: Till): Promise<void> {
  const { random, shop } = till;
  const { device: old, tenant } = shop;
  const removals: Removals = shop.removals.get(old) ?? { tries: 0, busy: 0, doneAtMs: null };
  shop.removals.set(old, removals);
  const asked = { asks: [], identity: old };
  const isRemoved = await till.command('device delete', asked, async ({ runtime }) => {
    const { access, store: ledger } = runtime;
    removals.tries += 1;
    try {
      await removeDevice({ access, ledger }, tenant, old);
    } catch (error) {
      if ((error as Error).message.includes('under way')) removals.busy += 1;
      throw error;
    }
  });
  if (!isRemoved) return;
  removals.doneAtMs = Date.now();
  const id = random.bytes(12).toString('hex');
  const adding = { asks: [], identity: id };
  await till.command('device add', adding, async ({ runtime }) => {
    const { access, store: ledger } = runtime;
    const draft = { service: shop.services[0] ?? '', terminalId: 'T2', id };
    await addDevice({ access, ledger }, tenant, { ...draft, communication: 'SIMULATION' });
  });
  shop.device = id;
}
