import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, expected } from '#test/support/client.ts';
import { httpCall } from '#test/support/http-call.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

/** What clients send although no schema has it (contract A.3, C.6, C.9, J). */

let stack: Stack;
let client: Client;

beforeAll(async () => {
  stack = await startStack({ remembers: true });
  client = stack.demo;
});
afterAll(() => stack.stop());

async function sendText(method: string, path: string, body: string) {
  const { baseUrl, apiKey } = client.credentials;
  const headers = { authorization: `Bearer ${apiKey}` };
  const { status, text } = await httpCall(baseUrl + path, { method, headers, body });
  return { status, body: JSON.parse(text) };
}

describe('the empty list that PHP makes of no fields', () => {
  test('registers a company', async () => {
    const answer = await sendText('POST', '/subscriptions/company', '[]');
    expect([answer.status, answer.body.company?.name]).toEqual([200, expect.any(String)]);
  });

  test('turns a security list to what it is not', async () => {
    const list = { type: 'GREYLIST', enabled: 'False', description: 'Off' };
    const made = expected(await client.post('/colorlists', list)) as unknown as {
      colorlists: { uuid: string; enabled: boolean };
    };
    expect(made.colorlists.enabled).toBe(false);
    const turned = await sendText('PUT', `/colorlists/${made.colorlists.uuid}`, '[]');
    expect(turned.body).toMatchObject({ code: 200, colorlists: { enabled: true } });
    const path = `/colorlists/${made.colorlists.uuid}`;
    expect((await client.send('DELETE', path, {})).status).toBe(200);
  });

  test('is no list of fields, and nothing that needs a signature', async () => {
    expect((await sendText('POST', '/subscriptions/company', '[1]')).status).toBe(400);
    expect((await sendText('DELETE', '/payment-method/card', '[]')).status).toBe(400);
  });
});

describe('a card that is validated by GET', () => {
  const validating = (fields: object = {}) =>
    JSON.stringify({
      customer_ext_id: 'customer',
      service: client.credentials.services.redsys,
      ...fields,
    });

  test('needs no signature, as no GET does', async () => {
    const card = await client.saveCard();
    const path = '/payment-method/card/validate';
    const body = validating({ source_uuid: card.uuid });
    const answer = await sendText('GET', path, body);
    expect(answer.body).toMatchObject({ code: 200, Source: { uuid: card.uuid } });
    expect((await sendText('POST', path, body)).status).toBe(403);
    const wrong = validating({ source_uuid: card.uuid, signature: 'nonsense' });
    expect((await sendText('GET', path, wrong)).status).toBe(403);
  });
});

describe('the JSON of other languages', () => {
  const order = (fields: string) => {
    const { signature, services } = client.credentials;
    const body = `{"signature":"${signature}","amount":1000,"operative":"AUTHORIZATION","description":"Tea","service":"${services.redsys}",${fields}}`;
    return sendText('POST', '/payment', body);
  };

  test('may begin with a byte order mark', async () => {
    const { baseUrl, apiKey } = client.credentials;
    const headers = { authorization: `Bearer ${apiKey}` };
    const { signature } = client.credentials;
    const body = `\ufeff{"signature":"${signature}","customer_ext_id":"net"}`;
    const answer = await httpCall(`${baseUrl}/customer`, { method: 'POST', headers, body });
    expect(answer.status).toBe(200);
  });

  test('may have whole numbers that JavaScript would round', async () => {
    const { body } = await order(
      '"customer_ext_id":9007199254740993,"additional":1234567890123456789,"extra_data":{"id":[9007199254740995,9007199254740991,1234567890.12345]}',
    );
    expect(body.order).toMatchObject({
      customer: '9007199254740993',
      additional: '1234567890123456789',
    });
    expect(body.extra_data.id).toEqual(['9007199254740995', 9007199254740991, 1234567890.12345]);
  });
});
