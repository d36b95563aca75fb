import { RequestError } from '#operation/http/errors.ts';
import type { Exchange } from '#operation/http/exchange.ts';
import type { TokenCaller } from './access.ts';
import type { HighLevelDeclaration } from './declaration.ts';

/** The published API versions; none of the payments paths depends on which one (contract 1.2). */
const VERSIONS = ['legacy', '2021-04-15', '2021-07-28', '2023-02-21', 'v3'];

/** What the gateway says to a token that it refuses (contract 1.7). */
const REFUSALS = {
  noVersion: 'version header was not found.',
  badVersion: 'version header is invalid',
  badJwt: 'Invalid JWT',
  badToken: 'Invalid token: access token is invalid',
  badPrivateToken: 'Invalid Private Integration token',
  noScope: 'The token is not authorized for this scope.',
  wrongUserType: "Token's user type mismatch!",
  wrongClass:
    'This authClass type is not allowed to access this scope. Please verify your IAM configuration if this is not the case.',
  otherLocation: 'The token does not have access to this location.',
};

/**
 * Finds out who calls, and whether the token may call this operation for the location that the
 * request names (contract 1.2 to 1.5).
 * @throws RequestError 401 for the version, the token, its class and its scopes; 403 for another
 * location
 */
export async function authenticate(
  exchange: Exchange<TokenCaller>,
  declaration: HighLevelDeclaration,
  find: (token: string) => Promise<TokenCaller | null>,
): Promise<void> {
  requireVersion(exchange.event.headers.version);
  const token = /^bearer\s+(\S+)$/i.exec(exchange.event.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new RequestError(401, REFUSALS.badJwt);
  const caller = await find(token);
  if (caller === null) throw new RequestError(401, refusalOf(token));
  exchange.caller = caller;
  exchange.environment = caller.merchant.environment;
  exchange.log.environment = caller.merchant.environment;
  exchange.log.merchant = caller.merchant.merchant;
  requireClass(caller, declaration.tokens);
  if (!declaration.scopes.every((scope) => caller.scopes.includes(scope))) {
    throw new RequestError(401, REFUSALS.noScope);
  }
  requireOwnAccount(exchange, caller);
}

function requireVersion(version: string | undefined): void {
  if (version === undefined || version === '') throw new RequestError(401, REFUSALS.noVersion);
  if (VERSIONS.includes(version)) return;
  if (/^\d{4}-\d{2}-\d{2}$/.test(version)) throw new RequestError(401, REFUSALS.badVersion);
  throw new RequestError(
    400,
    `Invalid API version segment '${version.slice(0, 64)}' at position 0`,
  );
}

function refusalOf(token: string): string {
  if (token.startsWith('pit-')) return REFUSALS.badPrivateToken;
  return token.split('.').length === 3 ? REFUSALS.badJwt : REFUSALS.badToken;
}

function requireClass(caller: TokenCaller, tokens: HighLevelDeclaration['tokens']): void {
  const isOfApp = caller.app !== null;
  if (caller.location === null && tokens !== 'app_or_company') {
    const isPrivate = caller.kind === 'private_integration';
    throw new RequestError(401, isPrivate ? REFUSALS.wrongUserType : REFUSALS.wrongClass);
  }
  if (tokens !== 'location' && !isOfApp) throw new RequestError(401, REFUSALS.wrongClass);
}

/** A location or company may be named in the query and in the body; each must be the token's. */
function requireOwnAccount(exchange: Exchange, caller: TokenCaller): void {
  const { queryStringParameters = {} } = exchange.event;
  for (const source of [queryStringParameters, exchange.body]) {
    if (typeof source !== 'object' || source === null) continue;
    for (const [field, own] of [
      ['altId', caller.location],
      ['locationId', caller.location],
      ['companyId', caller.company],
    ] as const) {
      const named: unknown = Reflect.get(source, field);
      if (typeof named === 'string' && named !== '' && named !== own) {
        throw new RequestError(403, REFUSALS.otherLocation);
      }
    }
  }
}
