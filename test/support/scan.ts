import { gunzipSync } from 'node:zlib';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { dynamoClient } from '#store/core/client.ts';
import type { Attributes } from '#store/core/items.ts';

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

/** Long texts are kept compressed. */
function readable(item: Attributes): Attributes {
  const zipped = item.zipped?.B;
  return zipped === undefined ? item : { ...item, zipped: { S: String(gunzipSync(zipped)) } };
}
