import type { Caller } from '#operation/http/exchange.ts';
import type { Remembered } from '#operation/runtime/remembered.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';

/** A token with the merchant that its location or company stands for (contract 1.3, 1.5). */
export interface TokenCaller extends Caller {
  kind: 'private_integration' | 'app';
  /** What the token was issued for, or null for the token of a company. */
  location: string | null;
  /** The token's company or that of its location, if it has one. */
  company: string | null;
  /** The marketplace app, or null for a private integration token. */
  app: string | null;
  scopes: readonly string[];
}

/** The location a request is about; operations that take company tokens must not ask. */
export function locationOf(caller: TokenCaller): string {
  if (caller.location === null) throw new Error('The token is not bound to a location');
  return caller.location;
}

/** The marketplace app that acts; the pipeline lets only tokens of one pass where it is needed. */
export function appOf(caller: TokenCaller): string {
  if (caller.app === null) throw new Error('The token is not bound to an app');
  return caller.app;
}

/** An app with the location that it acts for. */
export function ownerOf(caller: TokenCaller): { location: string; app: string } {
  return { location: locationOf(caller), app: appOf(caller) };
}

/** The caller that a token stands for, or null; remembered as API keys are. */
export function findCaller(
  token: string,
  runtime: Runtime,
  remembered: Remembered<TokenCaller>,
): Promise<TokenCaller | null> {
  return remembered.find(token, async () => {
    const known = await runtime.locations.findToken(token);
    if (known === null || known.revokedAt !== null) return null;
    const account = await runtime.locations.findAccount(known.location ?? known.company ?? '');
    const merchant = account === null ? null : await runtime.access.findMerchant(account);
    if (account === null || merchant === null) return null;
    const { kind, location, app, scopes } = known;
    // Apps of one location know nothing of each other.
    const keyScope = `${location ?? account.company ?? ''}#${app ?? ''}`;
    return { merchant, keyScope, kind, location, company: account.company, app, scopes };
  });
}
