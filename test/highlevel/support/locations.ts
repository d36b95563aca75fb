import { HighLevel } from '@gohighlevel/api-client';
import { currencyOf } from '#administration/currency.ts';
import { inLedger } from '#administration/in-ledger.ts';
import { createAccount, issueToken } from '#administration/locations.ts';
import { addService, createMerchant } from '#administration/merchants.ts';
import { SCOPES } from '#faces/highlevel/scopes.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import type { Environment, Tenant } from '#ledger/core/merchant.ts';
import type { Message } from '#ledger/outbox/message.ts';
import { addNote } from '#ledger/purchases/purchase-commands.ts';
import { runtime } from '#operation/runtime/runtime.ts';
import { startInMemory } from '#test/support/in-memory.ts';

/** A location of a merchant of its own, with a token of each kind. */
export interface TestLocation {
  id: string;
  company: string;
  tenant: Tenant;
  /** Private integration token. */
  pit: string;
  appToken: string;
  companyToken: string;
}

export const APP = '65f0b217a05c774da7f1efa5';

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

interface CallOptions {
  query?: Record<string, string>;
  body?: unknown;
  key?: string;
  headers?: Record<string, string>;
}

/** The local server with what tests of the HighLevel face need around it. */
export interface Face {
  url: string;
  newLocation(environment?: Environment): Promise<TestLocation>;
  newToken(account: string, app: string | null, scopes: readonly string[]): Promise<string>;
  call(token: string, request: string, options?: CallOptions): Promise<Answer>;
  /** The official SDK, with a token as its private integration token. */
  sdk(token: string): HighLevel;
  /** What the buyer of an order was to be told. */
  messages(tenant: Tenant, order: string): Promise<Message[]>;
  addNote(tenant: Tenant, order: string, text: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startFace(): Promise<Face> {
  process.env.LOG_LEVEL = 'silent';
  const local = await startInMemory();
  return {
    url: local.url,
    newLocation,
    newToken,
    call: (token, request, options = {}) => call(local.url, token, request, options),
    sdk: (token) => sdk(local.url, token),
    messages: (tenant, order) => runtime().store.messages(tenant, order),
    async addNote(tenant, order, text) {
      const { access, store: ledger } = runtime();
      const run = (context: LedgerContext) => addNote(context, { order, text, createdBy: null });
      await inLedger({ access, ledger }, tenant, run);
    },
    stop: () => local.stop(),
  };
}

async function newLocation(environment: Environment = 'sandbox'): Promise<TestLocation> {
  const { access, locations } = runtime();
  const draft = { environment, name: 'Test', timeZone: 'Europe/Madrid' };
  const { merchant } = await createMerchant(access, draft);
  const tenant = { merchant: merchant.merchant, environment };
  await addService(access, tenant, {
    type: 'REDSYS',
    currency: currencyOf('EUR'),
    acquirer: 'sandbox',
    terminal: null,
    partialCapture: true,
  });
  const base = { ...tenant, name: 'Test', company: null };
  const company = await createAccount(locations, { ...base, type: 'company' });
  const location = await createAccount(locations, {
    ...base,
    type: 'location',
    company: company.id,
  });
  return {
    id: location.id,
    company: company.id,
    tenant,
    pit: await newToken(location.id, null, SCOPES),
    appToken: await newToken(location.id, APP, SCOPES),
    companyToken: await newToken(company.id, APP, SCOPES),
  };
}

async function newToken(
  account: string,
  app: string | null,
  scopes: readonly string[],
): Promise<string> {
  const { token } = await issueToken(runtime().locations, { account, app, scopes, label: 'test' });
  return token;
}

export async function call(
  url: string,
  token: string,
  request: string,
  { query = {}, body, key, headers = {} }: CallOptions,
): Promise<Answer> {
  const [method = '', path = ''] = request.split(' ');
  const response = await fetch(`${url}${path}?${new URLSearchParams(query)}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      version: '2021-07-28',
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, body: answer };
}

/** The address is a constant of the SDK without an option, but it can be set before it is made. */
export function sdk(url: string, token: string): HighLevel {
  Reflect.set(HighLevel, 'BASE_URL', url);
  return new HighLevel({ privateIntegrationToken: token, logLevel: 'none' });
}
