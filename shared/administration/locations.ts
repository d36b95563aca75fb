import { randomBytes } from 'node:crypto';
import { mintObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { digestOf } from '#store/access/access-store.ts';
import type { AccessToken, Account, LocationStore } from '#store/access/location-store.ts';

export type AccountDraft = Pick<Account, 'type' | 'company' | 'name'> & Tenant & { id?: string };

/**
 * Binds a location or a company to a merchant in one environment. A merchant has one location in
 * each: its orders name none.
 * @throws when the id is not one of HighLevel's, or it or the merchant is bound already
 */
export async function createAccount(
  locations: LocationStore,
  draft: AccountDraft,
): Promise<Account> {
  const { id = mintAccountId(), type, name, merchant, environment } = draft;
  if (!ACCOUNT_ID.test(id)) throw new Error(`"${id}" is not a HighLevel id: 20 letters and digits`);
  const accounts = await locations.accounts();
  if (accounts.some((one) => one.id === id))
    throw new Error(`${id} is bound to a merchant already`);
  const other = accounts.find((one) => one.type === type && isOf(one, draft));
  if (type === 'location' && other !== undefined) {
    throw new Error(`The merchant has a location already: ${other.id}`);
  }
  const company = type === 'company' ? id : draft.company;
  if (company !== null && company !== id) findAccount(accounts, company, 'company');
  const createdAt = new Date().toISOString();
  const account = { id, type, name, merchant, environment, company, createdAt };
  await locations.putAccount(account);
  return account;
}

/** Whom a token is issued to, and for what. */
export interface TokenDraft {
  account: string;
  /** The marketplace app, or null for a private integration token. */
  app: string | null;
  scopes: readonly string[];
  label: string;
}

/**
 * Issues a token, a new one that is never shown again or a given one.
 * @throws when there is no such account
 */
export async function issueToken(
  locations: LocationStore,
  draft: TokenDraft,
  given: string | null = null,
): Promise<{ token: string; record: AccessToken }> {
  const account = await locations.findAccount(draft.account);
  if (account === null) throw new Error(`There is no location or company ${draft.account}`);
  const isLocation = account.type === 'location';
  const record: AccessToken = {
    id: mintObjectId(Date.now()),
    kind: draft.app === null ? 'private_integration' : 'app',
    location: isLocation ? account.id : null,
    company: isLocation ? null : account.id,
    app: draft.app,
    scopes: [...draft.scopes],
    label: draft.label,
    createdAt: new Date().toISOString(),
    revokedAt: null,
  };
  const token = given ?? mintToken(account, draft);
  await locations.putToken(digestOf(token), record);
  return { token, record };
}

/**
 * Ends the validity of a token, named by its id; functions notice within seconds.
 * @throws when there is no such token, or it is revoked already
 */
export async function revokeToken(
  locations: LocationStore,
  account: string,
  id: string,
): Promise<AccessToken> {
  const tokens = await locations.tokensOf(account);
  const found = tokens.find(({ token }) => token.id === id);
  if (found === undefined) throw new Error(`${account} has no token ${id}`);
  if (found.token.revokedAt !== null) throw new Error(`The token ${id} is revoked already`);
  const token = { ...found.token, revokedAt: new Date().toISOString() };
  await locations.putToken(found.digest, token);
  return token;
}

/** @throws when there is none of this type */
export function findAccount(
  accounts: readonly Account[],
  id: string,
  type: Account['type'],
): Account {
  const found = accounts.find((one) => one.id === id && one.type === type);
  if (found === undefined) throw new Error(`There is no ${type} ${id}`);
  return found;
}

const ACCOUNT_ID = /^[A-Za-z0-9]{20}$/;

function isOf(account: Account, { merchant, environment }: Tenant): boolean {
  return account.merchant === merchant && account.environment === environment;
}

function mintAccountId(): string {
  const letters = randomBytes(40)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '');
  return letters.slice(0, 20);
}

/**
 * A token in HighLevel's forms (contract 1.3): `pit-<uuid>`, or for an app a JWT that says whose it
 * is. Tokens are known by their digest, so the JWT's signature is nothing but its secret.
 */
export function mintToken(
  account: Account,
  { app, scopes }: Pick<TokenDraft, 'app' | 'scopes'>,
  secret: Buffer = randomBytes(32),
  nowMs: number = Date.now(),
): string {
  if (app === null) return `pit-${uuidOf(secret.toString('hex'))}`;
  const claims = {
    authClass: account.type === 'location' ? 'Location' : 'Company',
    authClassId: account.id,
    source: 'INTEGRATION',
    sourceId: app,
    channel: 'OAUTH',
    oauthMeta: { scopes },
    iat: Math.floor(nowMs / 1000),
  };
  const parts = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return [...parts, secret.toString('base64url')].join('.');
}

/** 122 bits in the form of a version 4 UUID. */
function uuidOf(digits: string): string {
  const [, a, b, c, d, e] = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})/.exec(digits) ?? [];
  return `${a}-${b}-4${c}-8${d}-${e}`;
}
