import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { currencyOf } from '#administration/currency.ts';
import { addDevice } from '#administration/devices.ts';
import { addService } from '#administration/merchants.ts';
import { catalog } from '#functions/catalog.ts';
import { functionsOf } from '#infra/local/functions.ts';
import { SERVICE } from '#infra/openapi/examples.ts';
import { operations, prepare, send } from '#test/flows/play.ts';
import type { Scenario } from '#test/flows/scenario.ts';
import { successOf } from '#test/flows/scenarios.ts';
import type { Client } from '#test/support/client.ts';
import { expected } from '#test/support/client.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { type Answers, recorded } from './examples/recorded.ts';
import { stable } from './examples/stable.ts';

let stack: Stack;
const answers: Answers = {};

beforeAll(async () => {
  stack = await startStack({ remembers: true });
  for (const { name } of operations) answers[name] = await answerOf(successOf(name));
  answers.saveCardOfFrame = await savedInFrame();
}, 120_000);
afterAll(() => stack.stop());

/** What a merchant of its own is answered: lists have nothing but what the scenario made. */
async function answerOf(scenario: Scenario): Promise<unknown> {
  const client = await newClient();
  const prepared = await prepare(scenario, client);
  const answer = expected(await send(client, prepared));
  // The service that requests of the documentation name.
  const { redsys = '' } = client.credentials.services;
  return stable(answer, { [redsys]: SERVICE });
}

/** A merchant with services of the types that scenarios name. */
async function newClient(): Promise<Client> {
  const { client, tenant } = await stack.newMerchant();
  for (const type of Object.keys(stack.demo.credentials.services)) {
    if (type === 'redsys') continue;
    const service = await addService(stack.runtime.access, tenant, {
      type: type.toUpperCase(),
      currency: currencyOf('EUR'),
      acquirer: 'sandbox',
      terminal: null,
      partialCapture: true,
      ...(type === 'sibs' ? { payoutMethods: ['CARD', 'BIZUM', 'TRANSFER'] } : {}),
    });
    client.credentials.services[type] = service.uuid;
  }
  const { redsys: service = '' } = client.credentials.services;
  const { access, store: ledger } = stack.runtime;
  const terminal = { service, terminalId: 'PPESNA0001', communication: 'SIMULATION' as const };
  await addDevice({ access, ledger }, tenant, terminal);
  return client;
}

/** What the card frame is answered, which is the only page that answers JSON. */
async function savedInFrame(): Promise<unknown> {
  const client = await newClient();
  const { Customer } = expected(await client.post('/customer', { customer_ext_id: 'user42' }));
  const response = await fetch(`${client.credentials.baseUrl}/cards/save/frame`, {
    method: 'POST',
    body: new URLSearchParams({
      token: Customer.token,
      card_pan: '4548812049400004',
      card_expiry_month: '12',
      card_expiry_year: '34',
      card_cvv: '123',
    }),
  });
  return stable(await response.json());
}

test('every operation that answers JSON has a recorded answer, which it still gives', () => {
  expect(recorded('paylands', answers), 'run `npm run examples`').toEqual(answers);
});

const json = functionsOf(catalog, 'operation')
  .map((one) => one.declaration)
  .filter((one) => one.face === 'paylands')
  .filter((one) => one.response.def.type !== 'string');

test.each(json)('the answer of $name has its shape', ({ name, response }) => {
  expect(z.safeParse(response, recorded('paylands', answers)[name]).error?.issues).toBeUndefined();
});
