import { createHash, timingSafeEqual } from 'node:crypto';
import { RequestError } from '#operation/http/errors.ts';
import { callerOf, type Exchange } from '#operation/http/exchange.ts';
import type { AccessCache, KeyCaller } from '#operation/runtime/access-cache.ts';
import type { PaylandsDeclaration } from './declaration.ts';
import { listed } from './wording.ts';

/**
 * Finds out who calls, by any of the four forms of contract A.2, and whether the key's profiles
 * allow it (A.7).
 * @throws RequestError 401 without a key of this environment, 403 without the profile
 */
export async function authenticate(
  exchange: Exchange<KeyCaller>,
  { profiles }: PaylandsDeclaration,
  access: AccessCache,
): Promise<void> {
  const apiKey = apiKeyOf(exchange.event.headers.authorization);
  if (apiKey === null)
    throw new RequestError(401, 'API key is missing: send `Authorization: Bearer <API key>`');
  const caller = await access.find(apiKey, exchange.environment);
  if (caller === null) {
    const { environment } = exchange;
    const hint = environment === 'sandbox' ? 'live keys need /v1' : 'sandbox keys need /v1/sandbox';
    throw new RequestError(401, `API key is not valid in the ${environment} environment: ${hint}`);
  }
  exchange.caller = caller;
  exchange.log.merchant = caller.merchant.merchant;
  const isAllowed = profiles.length === 0 || caller.profiles.includes('all');
  if (!isAllowed && !profiles.some((profile) => caller.profiles.includes(profile))) {
    throw new RequestError(403, `Profile not allowed: the API key needs ${listed(profiles)}`);
  }
}

/**
 * Checks the signature in the body: missing or wrong is refused, and one that is sent where none
 * is needed must be right too. No GET needs one, not even that of a client which sends a body with
 * it (contract A.3, C.6).
 * @throws RequestError 403
 */
export function verifySignature(exchange: Exchange, { body, signed }: PaylandsDeclaration): void {
  const isMutating = body !== undefined;
  const sent = isMutating ? signatureOf(exchange.body) : undefined;
  const isNeeded = signed && exchange.event.requestContext.http.method !== 'GET';
  if (sent === undefined && !isNeeded) return;
  const expected = callerOf(exchange).merchant.signature;
  if (typeof sent !== 'string' || !isEqual(sent, expected)) {
    const problem = sent === undefined ? 'the field signature is missing' : 'it is another one';
    throw new RequestError(403, `Signature not valid: ${problem}, send the merchant's`);
  }
}

/** The API key in an Authorization header: Basic with or without a colon, Bearer, or bare. */
export function apiKeyOf(header: string | undefined): string | null {
  const [first, second] = header?.trim().split(/\s+/) ?? [];
  if (first === undefined || first === '') return null;
  if (second === undefined) return first;
  if (/^bearer$/i.test(first)) return second;
  if (!/^basic$/i.test(first)) return null;
  const [user] = Buffer.from(second, 'base64').toString('utf8').split(':');
  return user === undefined || user === '' ? null : user;
}

function signatureOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'signature' in body
    ? body.signature
    : undefined;
}

/** In constant time, whatever the lengths. */
function isEqual(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
