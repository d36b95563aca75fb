import { setTimeout as sleep } from 'node:timers/promises';
import { addDevice } from '#administration/devices.ts';
import type { PaylandsDeclaration } from '#faces/paylands/declaration.ts';
import { catalog } from '#functions/catalog.ts';
import { functionsOf } from '#infra/local/functions.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import type { Communication } from '#ledger/devices/device.ts';
import { type Runtime, runtime } from '#operation/runtime/runtime.ts';
import type { Answer, Client, RequestOptions } from '#test/support/client.ts';
import type { Scenario, ScenarioRequest, Step } from './scenario.ts';

/** The operations of the Paylands face that an API key opens; pages have tests of their own. */
export const operations: readonly PaylandsDeclaration[] = functionsOf(catalog, 'operation')
  .map((one) => one.declaration)
  .filter((one) => one.face === 'paylands')
  .filter((one) => one.page !== true);

export function operationOf(name: string): PaylandsDeclaration {
  const found = operations.find((one) => one.name === name);
  if (found === undefined) throw new Error(`The catalog has no ${name}`);
  return found;
}

export type Variables = Record<string, unknown>;

/** For what never happens in the background, however slow the machine. */
const PATIENCE_MS = 60_000;

/** A scenario whose steps were played, ready to send its request. */
export interface Prepared {
  method: string;
  path: string;
  body: Record<string, unknown> | undefined;
  headers: Record<string, string>;
  resolve<T>(value: T): T;
}

/** Where what an operator sets up is kept. */
export interface Stores {
  access: Runtime['access'];
  ledger: Runtime['store'];
}

/** Plays the steps of a scenario with new customers and references; the stores are this process's. */
export async function prepare(
  scenario: Scenario,
  client: Client,
  stores: Stores = { access: runtime().access, ledger: runtime().store },
): Promise<Prepared> {
  const devices = await newDevices(scenario, client, stores);
  const variables = { ...newVariables(client), ...devices };
  for (const { as, mayBe, patiently, until, ...request } of scenario.before ?? []) {
    const ask = () => send(client, resolved(request, variables));
    const isEarly = ({ status, body }: Answer) =>
      (patiently && status !== 200) || !isThere(body, until);
    const giveUpAt = Date.now() + PATIENCE_MS;
    let answer = await ask();
    while (isEarly(answer) && Date.now() < giveUpAt) {
      await sleep(25);
      answer = await ask();
    }
    if (answer.status !== 200 && answer.status !== mayBe) {
      throw new Error(`The step ${as} of "${scenario.title}" failed: ${answer.text}`);
    }
    variables[as] = answer.body;
  }
  return resolved(scenario.request, variables);
}

export function send(
  client: Client,
  { method, path, body, headers }: Prepared,
  options: RequestOptions = {},
): Promise<Answer> {
  const all = { ...options, headers: { ...headers, ...options.headers } };
  return client.send(method, path, body, all);
}

function isThere(body: unknown, until: Step['until']): boolean {
  return until === undefined || valueAt(body, until.path) === until.is;
}

/** The terminals that a scenario names, each play has its own. */
async function newDevices(
  scenario: Scenario,
  { credentials }: Client,
  stores: Stores,
): Promise<Variables> {
  if (!/"\$(device|socket)/.test(JSON.stringify(scenario))) return {};
  const key = await stores.access.findKey(credentials.apiKey);
  const service = Object.values(credentials.services)[0];
  if (key === null || service === undefined) throw new Error('Who has a terminal has a service');
  const make = (communication: Communication) =>
    addDevice(stores, key, { service, terminalId: 'T1', communication });
  return { device: (await make('SIMULATION')).id, socket: (await make('SOCKET')).id };
}

let count = 0;

function newVariables({ credentials }: Client): Variables {
  count += 1;
  return {
    customer: `customer-${count}`,
    reference: `reference-${count}`,
    unknown: mintUuid(Date.now()),
    nextMonth: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    tomorrow: new Date(Date.now() + 86_400_000).toISOString().slice(0, 19).replace('T', ' '),
    services: credentials.services,
    signature: credentials.signature,
  };
}

function resolved(request: ScenarioRequest, variables: Variables): Prepared {
  const { operation, params = {}, suffix = '', headers = {}, body } = request;
  const [method = '', route = ''] = (request.route ?? operationOf(operation).routes[0]).split(' ');
  const resolve = <T>(value: T) => substitute(value, variables) as T;
  const path = route.replace(/\{(\w+)\}/g, (_, name) => {
    return encodeURIComponent(String(resolve(params[name])));
  });
  return { method, path: path + resolve(suffix), body: resolve(body), headers, resolve };
}

/** Replaces references; anything but text, lists and plain objects stays as it is. */
export function substitute(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return value.startsWith('$') ? lookUp(value, variables) : value;
  if (Array.isArray(value)) return value.map((one) => substitute(one, variables));
  if (isCsv(value)) return csvOf(substitute(value.$csv, variables) as unknown[][]);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, substitute(one, variables)]);
  return Object.fromEntries(entries);
}

/** Rows of a file, the first of which is its header. */
function isCsv(value: unknown): value is { $csv: unknown[][] } {
  return typeof value === 'object' && value !== null && '$csv' in value;
}

function csvOf(rows: readonly unknown[][]): string {
  const text = rows.map((row) => row.join(',')).join('\n');
  return Buffer.from(text).toString('base64');
}

function lookUp(reference: string, variables: Variables): unknown {
  const [path = '', filter] = reference.slice(1).split('|');
  const found = valueAt(variables, path);
  if (found === undefined) throw new Error(`There is nothing called ${reference}`);
  return filter === 'lower' ? String(found).toLowerCase() : found;
}

/** The value at a dotted path. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => {
    return typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined;
  }, value);
}
