import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dynamoClient } from '#store/core/client.ts';
import { item } from '#store/core/items.ts';
import { bookKey, type ListName } from '#store/lists/list-keys.ts';
import type { Book } from '#store/lists/shelf.ts';
import { paced } from '#test/support/pace.ts';
import { type BothFaces, bothFaces } from './support/both-faces.ts';
import { type Face, startFace } from './support/locations.ts';

// No request has the time to count a pass.
paced({ passMs: 60_000 });

let face: Face;
let faces: BothFaces;

beforeAll(async () => {
  face = await startFace();
  faces = await bothFaces(face);
  for (const list of ['ORDERS', 'TRANSACTIONS', 'SUBSCRIPTIONS'] as const)
    await countsElsewhere(list);
});
afterAll(() => face.stop());

/** Another function is counting a list. */
async function countsElsewhere(list: ListName): Promise<void> {
  const turn = { of: 'another', until: new Date(Date.now() + 3_600_000).toISOString() };
  const book: Book = { version: 1, until: new Date(0).toISOString(), days: {}, turn };
  const Item = item(bookKey(faces.location.tenant, list), book, { version: { N: '1' } });
  const client = dynamoClient(process.env.DYNAMODB_ENDPOINT);
  await client.send(new PutItemCommand({ TableName: 'ledger', Item }));
  client.destroy();
}

const WORDS = 'The list is being counted: ask again in some seconds';

test.each(['orders', 'transactions', 'subscriptions'])(
  'GET /payments/%s of a list that is being counted says when to come again',
  async (list) => {
    const { id: altId, pit } = faces.location;
    const query = { altId, altType: 'location' };
    const answer = await face.call(pit, `GET /payments/${list}`, { query });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(answer.body).toMatchObject({
      statusCode: 503,
      error: 'Service Unavailable',
      message: WORDS,
    });
  },
);

test('so does GET /orders where it has to count, and only there', async () => {
  const { send } = faces.paylands;
  expect(await send('GET', '/orders?offset=1')).toMatchObject({
    status: 503,
    body: { code: 503, message: 'Service Unavailable', details: WORDS },
  });
  expect((await send('GET', '/orders')).status).toBe(200);
});
