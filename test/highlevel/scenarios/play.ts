import { importSubscriptions } from '#administration/import-subscriptions.ts';
import type { HighLevelDeclaration } from '#faces/highlevel/declaration.ts';
import { catalog } from '#functions/catalog.ts';
import { functionsOf } from '#infra/local/functions.ts';
import { runtime } from '#operation/runtime/runtime.ts';
import { substitute, type Variables } from '#test/flows/play.ts';
import { idOf } from '#test/highlevel/support/both-faces.ts';
import type { Answer, Face, TestLocation } from '#test/highlevel/support/locations.ts';
import { type Paylands, paylandsOf } from '#test/highlevel/support/paylands.ts';
import { newPurchaseOf } from '#test/highlevel/support/purchase.ts';
import { SUBSCRIPTION } from '#test/highlevel/support/sdk-calls.ts';
import type { FaceRequest, FaceScenario } from './scenario.ts';

/** The operations of the HighLevel face. */
export const operations: readonly HighLevelDeclaration[] = functionsOf(catalog, 'operation')
  .map((one) => one.declaration)
  .filter((one) => one.face === 'highlevel');

export function operationOf(name: string): HighLevelDeclaration {
  const found = operations.find((one) => one.name === name);
  if (found === undefined) throw new Error(`The catalog has no ${name}`);
  return found;
}

/** A scenario whose steps were played, ready to send its request. */
export interface PreparedRequest {
  send(options?: { key?: string; token?: string; fields?: object }): Promise<Answer>;
  resolve<T>(value: T): T;
}

/** Plays the steps of a scenario in a new location. */
export async function prepare(scenario: FaceScenario, face: Face): Promise<PreparedRequest> {
  const location = await face.newLocation();
  const variables = await variablesOf(scenario, location, face);
  const send: (request: FaceRequest) => PreparedRequest['send'] = (request) => (options) =>
    sendTo(face, location, substitute(request, variables) as FaceRequest, options);
  for (const { as, ...request } of scenario.before ?? []) {
    const { status, body } = await send(request)();
    if (status >= 300) throw new Error(`The step ${as} failed: ${JSON.stringify(body)}`);
    variables[as] = body;
  }
  return {
    send: send(scenario.request),
    resolve: <T>(value: T) => substitute(value, variables) as T,
  };
}

/** Each operation takes the location where it looks for it, and ignores it elsewhere. */
function sendTo(
  face: Face,
  location: TestLocation,
  { operation, params = {}, query = {}, body, isPlaceless }: FaceRequest,
  { key, token = location.appToken, fields = {} }: Parameters<PreparedRequest['send']>[0] = {},
): Promise<Answer> {
  const [method = '', route = ''] = operationOf(operation).routes[0].split(' ');
  const path = route.replace(/\{(\w+)\}/g, (_, name) => String(params[name]));
  const place = { altId: location.id, altType: 'location', locationId: location.id };
  const all = { ...(isPlaceless ? {} : place), ...query };
  const texts = Object.entries(all).map(([name, value]) => [name, String(value)]);
  return face.call(token, `${method} ${path}`, {
    query: Object.fromEntries(texts),
    ...(method === 'GET' ? {} : { body: { ...(isPlaceless ? {} : place), ...body, ...fields } }),
    ...(key === undefined ? {} : { key }),
  });
}

let count = 0;

async function variablesOf(
  scenario: FaceScenario,
  location: TestLocation,
  face: Face,
): Promise<Variables> {
  count += 1;
  const text = JSON.stringify(scenario);
  const paylands = await paylandsOf(face.url, location.tenant);
  const variables: Variables = {
    location: location.id,
    unknown: 'f'.repeat(24),
    name: `brand-${lettersOf(count)}`,
  };
  for (const [name, make] of Object.entries(MADE)) {
    if (text.includes(`"$${name}`)) variables[name] = await make(paylands, location);
  }
  return variables;
}

/** A number in letters alone. */
function lettersOf(number: number): string {
  const digits = [...number.toString(26)].map((digit) => Number.parseInt(digit, 26));
  return String.fromCharCode(...digits.map((digit) => 97 + digit));
}

/** What the Paylands face or an operator made before, by the name that scenarios call it. */
const MADE: Record<string, (paylands: Paylands, location: TestLocation) => Promise<unknown>> = {
  sale: async (paylands) => idOf((await newPurchaseOf(paylands)).uuid),
  async paid(paylands) {
    const order = await paylands.createOrder();
    const { transactions } = await paylands.charge(order.uuid, await paylands.saveCard());
    return { order: idOf(order.uuid), transaction: idOf(transactions[0]?.uuid ?? '') };
  },
  async taken(paylands) {
    const [order, other] = [
      await paylands.createOrder({ reference: 'taken' }),
      await paylands.createOrder({ reference: 'taken' }),
    ];
    await paylands.charge(other.uuid, await paylands.saveCard());
    return idOf(order.uuid);
  },
  async closed(paylands) {
    const { uuid } = await paylands.createOrder({ operative: 'DEFERRED' });
    await paylands.charge(uuid, await paylands.saveCard());
    await paylands.post('/payment/cancellation', { order_uuid: uuid });
    return idOf(uuid);
  },
  async subscription(_, location) {
    const { access, store: ledger, locations } = runtime();
    await importSubscriptions(
      { access, ledger, locations },
      {
        _id: SUBSCRIPTION,
        altId: location.id,
        altType: 'location',
        currency: 'EUR',
        amount: 59,
        status: 'active',
        liveMode: false,
        createdAt: '2026-01-01T00:00:00.000Z',
        updatedAt: '2026-01-01T00:00:00.000Z',
      },
    );
    return SUBSCRIPTION;
  },
};
