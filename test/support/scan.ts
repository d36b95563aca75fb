import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { dynamoClient } from '#store/core/client.ts';
import { type Attributes, textIn } from '#store/core/items.ts';

/** Everything in a table, by key. Only tests may ask for that. */
export async function scan(table: 'ledger' | 'access'): Promise<Map<string, Attributes>> {
  const client = dynamoClient(process.env.DYNAMODB_ENDPOINT);
  const found = new Map<string, Attributes>();
  let next: Attributes | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: table, ExclusiveStartKey: next }));
    for (const one of page.Items ?? []) found.set(`${one.pk?.S} ${one.sk?.S}`, readable(one));
    next = page.LastEvaluatedKey;
  } while (next !== undefined);
  client.destroy();
  return found;
}

/** With the text as it is, which may be kept compressed. */
function readable(item: Attributes): Attributes {
  const { packed: _packed, zipped: _zipped, ...rest } = item;
  const text = textIn(item);
  return text === undefined ? rest : { ...rest, data: { S: text } };
}

/** Everything in a table, once nothing changes it in the background any more. */
export async function settledScan(table: 'ledger' | 'access'): Promise<Map<string, Attributes>> {
  let before = await scan(table);
  for (;;) {
    await sleep(QUIET_MS);
    const after = await scan(table);
    if (isDeepStrictEqual(before, after)) return after;
    before = after;
  }
}

/** Longer than a job takes from one write to the next. */
const QUIET_MS = 400;
