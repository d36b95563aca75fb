import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { awsMessenger } from '#messages/aws-messenger.ts';
import { destinationOf } from '#messages/destination.ts';

describe('a destination', () => {
  test.each([
    ['jane@example.com', { channel: 'mail', to: 'jane@example.com' }],
    [
      ' jane.doe+shop@sub.example.co.uk ',
      { channel: 'mail', to: 'jane.doe+shop@sub.example.co.uk' },
    ],
    ['josé@correo.es', { channel: 'mail', to: 'josé@correo.es' }],
    ['jo@münchen.de', { channel: 'mail', to: 'jo@münchen.de' }],
    ['jo@mu\u0308nchen.de', { channel: 'mail', to: 'jo@mu\u0308nchen.de' }],
    ['jo@हिन्दी.भारत', { channel: 'mail', to: 'jo@हिन्दी.भारत' }],
    ['+34 600 00 00 00', { channel: 'sms', to: '+34600000000' }],
    ['0034600000000', { channel: 'sms', to: '+34600000000' }],
    ['+1 (213) 373-4253', { channel: 'sms', to: '+12133734253' }],
  ])('%j is one', async (typed, destination) => {
    expect(await destinationOf(typed)).toEqual(destination);
  });

  test.each([
    '',
    'jane',
    'jane@',
    '@example.com',
    'jane@example',
    'jane@example..com',
    'a@b.com, c@d.com',
    'jane@example.com\nBcc: x@y.z',
    '600000000',
    '+34 6',
    `${'a'.repeat(250)}@example.com`,
  ])('%j is none', async (typed) => {
    expect(await destinationOf(typed)).toBeNull();
  });
});

describe('on AWS', () => {
  const received: { path: string; authorization: string; body: string }[] = [];
  let status = 200;
  let server: Server;

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const { authorization = '' } = request.headers;
      received.push({ path: request.url ?? '', authorization, body: await text(request) });
      response.writeHead(status).end('<Error><Code>InvalidParameter</Code></Error>');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.env.AWS_ENDPOINT_URL = url;
    process.env.AWS_REGION ??= 'eu-west-1';
    process.env.AWS_ACCESS_KEY_ID ??= 'test';
    process.env.AWS_SECRET_ACCESS_KEY ??= 'test';
  });
  afterAll(() => server.close());
  afterEach(() => {
    received.splice(0);
    status = 200;
  });

  const send = awsMessenger('pay@shop.example');

  test('mail goes to SES, signed', async () => {
    await send({ channel: 'mail', to: 'jane@example.com', subject: 'Pedido nº 1', text: 'Línea' });
    const [call] = received;
    expect(call?.path).toBe('/v2/email/outbound-emails');
    expect(call?.authorization).toMatch(/^AWS4-HMAC-SHA256 .*\/ses\/aws4_request/);
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      FromEmailAddress: 'pay@shop.example',
      Destination: { ToAddresses: ['jane@example.com'] },
      Content: { Simple: { Subject: { Data: 'Pedido nº 1' }, Body: { Text: { Data: 'Línea' } } } },
    });
  });

  test('mail has a domain as DNS has it, and a subject of one line', async () => {
    await send({ channel: 'mail', to: 'Jo@München.de', subject: 'One\r\ntwo\tthree', text: '' });
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      Destination: { ToAddresses: ['Jo@xn--mnchen-3ya.de'] },
      Content: { Simple: { Subject: { Data: 'One two three' } } },
    });
  });

  test('an SMS goes to SNS, signed', async () => {
    await send({ channel: 'sms', to: '+34600000000', text: 'Paga 1 € aquí' });
    const [call] = received;
    expect(call?.authorization).toMatch(/\/sns\/aws4_request/);
    expect(Object.fromEntries(new URLSearchParams(call?.body))).toEqual({
      Action: 'Publish',
      Version: '2010-03-31',
      PhoneNumber: '+34600000000',
      Message: 'Paga 1 € aquí',
    });
  });

  test('what is refused fails, without repeating what was sent', async () => {
    status = 400;
    const sending = send({ channel: 'sms', to: '+34600000000', text: 'secret' });
    await expect(sending).rejects.toThrow(/^SNS refused: 400 InvalidParameter$/);
    await expect(sending).rejects.toMatchObject({ name: 'SNS.InvalidParameter' });
    await expect(
      awsMessenger(undefined)({ channel: 'mail', to: 'a@b.es', subject: '', text: '' }),
    ).rejects.toThrow('MAIL_FROM');
  });
});
