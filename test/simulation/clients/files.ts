import { ROWS_PER_CHUNK } from '#ledger/batches/batch.ts';
import { customerOf, markerOf, newOrder, saveCard } from './drafts.ts';
import type { OrderBody, Till } from './till.ts';

/** Hands in a file of payments of a stored card, or of refunds of what it has paid. */
export function workOnFiles(till: Till): Promise<void> {
  return till.random.chance(0.6) ? chargeByFile(till) : refundByFile(till);
}

async function chargeByFile(till: Till): Promise<void> {
  const { random, shop } = till;
  const customer = customerOf(till);
  const card = await saveCard(till, customer);
  if (card === null) return;
  const markers = Array.from({ length: random.int(1, 5) }, () => markerOf(till));
  const rows = markers.map((marker) => {
    const amount = random.int(10, 30_000);
    return [
      amount,
      card,
      customer,
      random.pick(shop.services),
      marker,
      'https://shop.example/told',
    ];
  });
  const header = 'AMOUNT,CARD,CUSTOMER_EXTERNAL_ID,SERVICE,ADDITIONAL,URL_POST';
  const lines = rows.map((row) => row.join(','));
  const body = fileOf([header, ...(random.chance(0.25) ? amongMany(till, lines) : lines)]);
  const asks = markers.map((marker) => `row ${marker}`);
  await handIn(till, '/batch/authorizations', body, asks);
}

/** The lines around so many that nobody can read, which cost little, that they are in two chunks. */
function amongMany({ random }: Till, lines: readonly string[]): string[] {
  const first = random.int(0, lines.length);
  const unreadable = Array.from({ length: ROWS_PER_CHUNK - first }, () => 'much,,,,,');
  return [...lines.slice(0, first), ...unreadable, ...lines.slice(first)];
}

/** Two orders are paid, and parts of both are returned by one file. */
async function refundByFile(till: Till): Promise<void> {
  const { random } = till;
  const paid = [await newPayment(till), await newPayment(till)].filter((order) => order !== null);
  const parts = paid.flatMap(({ uuid, amount }) => {
    const part = random.int(1, Math.ceil(amount / 2));
    // What is left is not enough for the second of them at times.
    return [part, part + 1].slice(0, random.int(1, 2)).map((cents) => ({ uuid, cents }));
  });
  if (parts.length === 0) return;
  const rows = parts.map(({ uuid, cents }) => `${uuid},${cents}`);
  const asks = parts.map(({ uuid, cents }) => `refund ${uuid} ${cents}`);
  await handIn(till, '/batch/refunds', fileOf(['ORDER_UUID,AMOUNT', ...rows]), asks);
}

/** At times its rows wait for half a minute. */
async function handIn(till: Till, path: string, file: object, asks: readonly string[]) {
  const { random } = till;
  const execute_at = random.chance(0.3) ? till.wallTimeIn(random.int(5000, 60_000)) : null;
  const filename = `${markerOf(till)}.csv`;
  await till.handIn(path, { ...file, filename, execute_at }, `file ${filename}`, asks);
  await till.wait(random.between(0, 60_000));
}

function fileOf(lines: readonly string[]): { data: string } {
  return { data: Buffer.from(lines.join('\n')).toString('base64') };
}

async function newPayment(till: Till): Promise<OrderBody | null> {
  const customer = customerOf(till);
  const order = await newOrder(till, { customer, operative: 'AUTHORIZATION' });
  const card = await saveCard(till, customer);
  if (order === null || card === null) return null;
  const charge = { order_uuid: order.uuid, card_uuid: card };
  await till.paylands('/payment/direct', charge, `pay ${order.uuid}`);
  return order;
}
