import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchResults, listBatches, stopBatch } from '#administration/batches.ts';
import { currencyOf } from '#administration/currency.ts';
import { addService, changeMerchant } from '#administration/merchants.ts';
import { setRule } from '#administration/security-rules.ts';
import runBatches from '#functions/schedules/run-batches.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { SecurityRule } from '#ledger/security/security-policy.ts';
import type { Client } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { invoke } from '#test/support/invoke.ts';
import { notOverMidnight } from '#test/support/midnight.ts';
import { type Receiver, startReceiver } from '#test/support/receiver.ts';
import { scan } from '#test/support/scan.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

let stack: Stack;
let shop: Receiver;

beforeAll(async () => {
  await notOverMidnight();
  [stack, shop] = await Promise.all([startStack(), startReceiver()]);
});
afterAll(() => Promise.all([stack.stop(), shop.close()]));

const target = () => ({ access: stack.runtime.access, ledger: stack.runtime.store });

interface FileAnswer {
  status: number;
  body: { details: string; errors: { line: string; msg: string }[] };
}

async function sendFile(
  client: Client,
  path: 'authorizations' | 'refunds',
  csv: string | Buffer,
  fields: object = {},
  key?: string,
): Promise<FileAnswer> {
  const data = Buffer.from(csv).toString('base64');
  const body = { data, filename: 'rows.csv', ...fields };
  const answer = await client.post(`/batch/${path}`, body, key === undefined ? {} : { key });
  return answer as unknown as FileAnswer;
}

/** The newest file of a merchant when it is over, and its results without their header. */
async function finished(tenant: Tenant, state = 'finished') {
  await eventually(async () => {
    const [report] = await listBatches(target(), tenant);
    expect(report?.batch.state).toBe(state);
  });
  const [report] = await listBatches(target(), tenant);
  if (report === undefined) throw new Error('There is no file');
  const csv = (await Array.fromAsync(batchResults(target(), tenant, report.batch.uuid))).join('');
  const [header = '', ...lines] = csv.trimEnd().split('\r\n');
  return { ...report, header, rows: lines.map((line) => line.split(',')) };
}

async function newShop() {
  const { client, tenant } = await stack.newMerchant();
  const card = await client.saveCard();
  const refused = await client.saveCard({ card_pan: '4111111111111111' });
  const { redsys: service } = client.credentials.services;
  const row = (amount: number | string, rest = '') =>
    `${amount},${card.uuid},customer,${service}${rest}`;
  return { client, tenant, card, refused, service, row };
}

const HEADER = 'AMOUNT,CARD,CUSTOMER_EXTERNAL_ID,SERVICE,ADDITIONAL,URL_POST,EXTRA_DATA';

describe('a file of payments', () => {
  test('charges its rows, tells who is to be told, and says what became of each', async () => {
    const { client, tenant, refused, service, row } = await newShop();
    const csv = [
      HEADER,
      row(100, `,"=1+1, really",${shop.at('/batch')},profile.email=jane@example.com`),
      `200,${refused.uuid},customer,${service}`,
      row('1.5'),
      row(300),
    ].join('\r\n');
    const answer = await sendFile(client, 'authorizations', csv);
    expect(answer.body.errors).toEqual([{ line: '4', msg: 'Invalid amount' }]);
    const { totals, header, rows } = await finished(tenant);
    expect(totals).toMatchObject({
      done: { count: 2, amounts: { EUR: 400 } },
      refused: { count: 1 },
      rejected: { count: 1 },
    });
    expect(header).toMatch(/^LINE,STATUS,ORDER_UUID,TRANSACTION_UUID,AMOUNT,CURRENCY,ERROR,/);
    expect(
      rows.map(([line, status, , , amount, , error]) => [line, status, amount, error]),
    ).toEqual([
      ['2', 'SUCCESS', '100', ''],
      ['3', 'REFUSED', '0', '0190'],
      ['4', 'REJECTED', '', 'Invalid amount'],
      ['5', 'SUCCESS', '300', ''],
    ]);
    // A spreadsheet shows it, and does not compute it.
    expect(rows[0]?.slice(10).join(',')).toBe(`"'=1+1, really"`);
    const order = await client.order(rows[0]?.[2] ?? '');
    expect(order).toMatchObject({ status: 'SUCCESS', amount: 100, paid: true });
    expect(order.transactions.map(({ uuid }) => uuid)).toEqual([rows[0]?.[3]]);
    await eventually(() => expect(shop.received('/batch')).toHaveLength(1));
    expect(await client.rows()).toHaveLength(3);
    // All rows have the file's name in common: no order is looked for by it.
    const keys = [...(await scan('ledger')).keys()];
    const words = keys.filter((key) => key.includes(`${tenant.merchant}#ORDERS#WORDS#`));
    expect(words).toEqual([]);
  });

  test("is screened by the merchant's rules, row by row", async () => {
    const { client, tenant, row } = await newShop();
    const rule: SecurityRule = {
      kind: 'velocity',
      subject: 'customer',
      payments: 1,
      days: 1,
      score: 100,
    };
    await setRule(target(), tenant, rule);
    await sendFile(client, 'authorizations', [HEADER, row(100), row(200)].join('\n'));
    const { totals, rows } = await finished(tenant);
    expect(totals).toMatchObject({ done: { count: 1 }, refused: { count: 1 } });
    expect(rows.map(([, status, , , , , error]) => [status, error]).sort()).toEqual([
      ['REFUSED', 'FRAUD'],
      ['SUCCESS', ''],
    ]);
  });

  test.each([
    {
      form: 'semicolons, a BOM, quotes and another order',
      csv: (row: string[]) =>
        `\ufeff"SERVICE";"amount";Card;customer_external_id\n"${row[3]}";"${row[0]}";${row[1]};${row[2]}`,
    },
    {
      form: 'carriage returns alone',
      csv: (row: string[]) => `AMOUNT,CARD,CUSTOMER_EXTERNAL_ID,SERVICE\r${row}\r`,
    },
    {
      form: 'empty lines and columns that nobody knows',
      csv: (row: string[]) =>
        `\n\nX,AMOUNT,CARD,CUSTOMER_EXTERNAL_ID,SERVICE,Y\n\n1,${row},\n,,,\n`,
    },
  ])('may have $form', async ({ csv }) => {
    const { client, tenant, row } = await newShop();
    expect(
      (await sendFile(client, 'authorizations', csv(row(100).split(',')))).body.errors,
    ).toEqual([]);
    expect((await finished(tenant)).totals.done).toMatchObject({ count: 1, amounts: { EUR: 100 } });
  });

  test('does not charge a card of another merchant', async () => {
    const { client } = await newShop();
    const { row } = await newShop();
    const answer = await sendFile(client, 'authorizations', `${HEADER}\n${row(100)}`);
    expect(answer.body.errors).toEqual([{ line: '2', msg: 'Invalid service' }]);
    const other = await newShop();
    const stolen = row(100).replace(/[^,]*$/, other.service ?? '');
    const second = await sendFile(other.client, 'authorizations', `${HEADER}\n${stolen}`);
    expect(second.body.errors).toEqual([{ line: '2', msg: 'Invalid card' }]);
    expect(await other.client.rows()).toEqual([]);
  });

  test('fails the rows whose card is gone when its time comes', async () => {
    const { client, tenant, card, row } = await newShop();
    await changeMerchant(stack.runtime.access, tenant, () => ({ testClock: true }));
    const csv = `${HEADER}\n${row(100)}`;
    await sendFile(client, 'authorizations', csv, { execute_at: inMadrid(3_600_000) });
    await invoke(runBatches);
    expect((await listBatches(target(), tenant))[0]?.batch.state).toBe('waiting');
    await client.send('DELETE', '/payment-method/card', {
      signature: client.credentials.signature,
      card_uuid: card.uuid,
      customer_external_id: 'customer',
    });
    await changeMerchant(stack.runtime.access, tenant, () => ({ clockOffsetMs: 3_700_000 }));
    await invoke(runBatches);
    const { rows } = await finished(tenant);
    expect(rows[0]?.slice(0, 7)).toEqual(['2', 'FAILED', '', '', '', '', 'card_not_found']);
  });

  test('waits for a time with an offset, wherever that is', async () => {
    const { client, tenant, row } = await newShop();
    const inAnHourMs = Date.now() + 3_600_000;
    const csv = `${HEADER}\n${row(100)}`;
    const execute_at = new Date(inAnHourMs + 2 * 3_600_000).toISOString().replace('Z', '+02:00');
    expect((await sendFile(client, 'authorizations', csv, { execute_at })).status).toBe(200);
    const [report] = await listBatches(target(), tenant);
    expect(report?.batch).toMatchObject({
      state: 'waiting',
      executeAt: new Date(inAnHourMs).toISOString(),
    });
  });

  test('can be stopped before its time', async () => {
    const { client, tenant, row } = await newShop();
    const csv = `${HEADER}\n${row(100)}`;
    await sendFile(client, 'authorizations', csv, { execute_at: inMadrid(3_600_000) });
    const [report] = await listBatches(target(), tenant);
    await stopBatch(target(), tenant, report?.batch.uuid ?? '');
    const { rows } = await finished(tenant, 'cancelled');
    expect(rows[0]?.slice(0, 2)).toEqual(['2', 'CANCELLED']);
    await expect(stopBatch(target(), tenant, report?.batch.uuid ?? '')).rejects.toThrow(
      'The file is cancelled',
    );
    expect(await client.rows()).toEqual([]);
  });

  test('is refused when it comes again within a day, unless a new key says it is meant', async () => {
    const { client, tenant, row } = await newShop();
    const csv = `${HEADER}\n${row(100)}`;
    expect((await sendFile(client, 'authorizations', csv)).status).toBe(200);
    const { batch } = await finished(tenant);
    const again = await sendFile(client, 'authorizations', csv, { filename: 'other.csv' });
    expect(again.status).toBe(409);
    expect(again.body.details).toContain(batch.uuid);
    for (const _ of [1, 2]) {
      expect((await sendFile(client, 'authorizations', csv, {}, 'meant')).status).toBe(200);
    }
    await eventually(async () => {
      const reports = await listBatches(target(), tenant);
      expect(reports.map(({ totals }) => totals.done.count)).toEqual([1, 1]);
    });
  });

  test('has no live acquirer yet', async () => {
    const { client, tenant } = await stack.newMerchant({ environment: 'live' });
    const { redsys } = client.credentials.services;
    const csv = `${HEADER}\n1,${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)},customer,${redsys}`;
    const answer = await sendFile(client, 'authorizations', csv);
    expect(answer).toMatchObject({ status: 503 });
    expect(await listBatches(target(), tenant)).toEqual([]);
  });
});

test('a file of refunds returns parts of orders, and says which are too much', async () => {
  const { client, tenant } = await newShop();
  const order = await client.paidOrder();
  // As in the published example: a time that is over means now.
  const fields = { execute_at: '2017-11-11 11:11:11' };
  const rows = [`${order.uuid.toLowerCase()},400`, `${order.uuid},700`, `${order.uuid},600`];
  expect(
    (await sendFile(client, 'refunds', `ORDER_UUID,AMOUNT\n${rows.join('\n')}`, fields)).status,
  ).toBe(200);
  const result = await finished(tenant);
  expect(result.rows.map((cells) => [cells[1], cells[6]])).toEqual([
    ['SUCCESS', ''],
    ['FAILED', 'refund_exceeds_captured'],
    ['SUCCESS', ''],
  ]);
  expect(result.totals.done).toEqual({ count: 2, amounts: { EUR: 1000 } });
  expect(await client.order(order.uuid)).toMatchObject({ status: 'REFUNDED', refunded: 1000 });
});

test('a file may be of 6 MB, and not of a byte more', async () => {
  const { client } = await newShop();
  const { apiKey, baseUrl, signature } = client.credentials;
  const bodyOf = (bytes: number) => {
    const head = `{"signature":"${signature}","filename":"x","data":"`;
    return `${head}${'A'.repeat(bytes - head.length - 2)}"}`;
  };
  const post = async (bytes: number) => {
    const headers = { authorization: apiKey, 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: bodyOf(bytes) };
    return (await fetch(`${baseUrl}/batch/refunds`, init)).status;
  };
  expect(await post(6 * 1024 * 1024)).toBe(400);
  expect(await post(6 * 1024 * 1024 + 1)).toBe(413);
});

test.each([
  { what: 'a million columns', csv: 'A,'.repeat(1_000_000), reason: 'its first line is too long' },
  { what: 'many columns', csv: `${'A,'.repeat(200)}\n1`, reason: 'it has more than 100 columns' },
  {
    what: 'a column twice',
    csv: 'AMOUNT,AMOUNT,ORDER_UUID\n1,1,x',
    reason: 'it has the column AMOUNT twice',
  },
  {
    what: 'open quotes',
    csv: 'AMOUNT,ORDER_UUID\n1,"x',
    reason: 'line 2 cannot be read: check its quotes',
  },
  {
    what: 'Latin-1',
    csv: Buffer.from('AMOUNT,ORDER_UUID\n1,\xf1', 'latin1'),
    reason: 'it is not text in UTF-8',
  },
  { what: 'nothing', csv: '', reason: 'it is empty' },
  {
    what: 'gzip',
    csv: Buffer.from([0x1f, 0x8b, 8, 0]),
    reason: 'it is a gzip archive, not CSV text',
  },
])('a file with $what is refused in plain words, and nothing is kept', async ({ csv, reason }) => {
  const { client, tenant } = await newShop();
  const answer = await sendFile(client, 'refunds', csv);
  expect(answer).toMatchObject({
    status: 400,
    body: { details: `Field data is not valid: ${reason}` },
  });
  expect(await listBatches(target(), tenant)).toEqual([]);
});

/** A time from now, on a clock in Madrid. */
function inMadrid(ms: number): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Madrid',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return format.format(new Date(Date.now() + ms));
}

test('a row that its payer would have to authenticate is refused, and leaves nothing open', async () => {
  const { client, tenant, row } = await newShop();
  const sca = await client.saveCard({ card_pan: '5223798193659108' });
  const { uuid: paylands } = await addService(stack.runtime.access, tenant, {
    type: 'PAYLANDS',
    currency: currencyOf('EUR'),
    acquirer: 'sandbox',
    terminal: null,
    partialCapture: true,
    phoneMethods: [],
  });
  const list = { type: 'GREYLIST', enabled: true, description: 'Ask' };
  const { body } = await client.post('/colorlists', list);
  const { colorlists } = body as unknown as { colorlists: { uuid: string } };
  const items = [{ type: 'BIN', value: '454881' }];
  await client.post(`/colorlists/${colorlists.uuid}/items`, { items });
  const rows = [row(100), `200,${sca.uuid},customer,${paylands}`];
  await sendFile(
    client,
    'authorizations',
    `AMOUNT,CARD,CUSTOMER_EXTERNAL_ID,SERVICE\n${rows.join('\n')}`,
  );
  const over = await finished(tenant);
  expect(over.rows.map((cells) => [cells[1], cells[6]])).toEqual([
    ['REFUSED', 'RISKY'],
    ['REFUSED', '0195'],
  ]);
  for (const [, , order = ''] of over.rows) {
    expect(await client.order(order)).toMatchObject({ status: 'REFUSED', paid: false });
  }
});
