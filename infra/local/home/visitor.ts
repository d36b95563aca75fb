import { isIP } from 'node:net';

/** The headers that say where a request comes from. */
export interface Headers {
  host?: string | undefined;
  origin?: string | undefined;
}

/**
 * Whether a request asked for this server by an address, by `localhost` or by a name that it knows
 * itself by. A page of somebody else can have its own name lead here, and would then read the
 * credentials of the home page as its own; it cannot take such a name.
 */
export function isOwnHost({ host }: Headers, knownUrls: readonly string[]): boolean {
  const url = parsed(`http://${host ?? ''}`);
  if (host === undefined || url === null) return false;
  const name = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(name) !== 0 || name === 'localhost') return true;
  return knownUrls.some((known) => url.host === parsed(known)?.host);
}

/** Whether a form or a script of this server's own pages sent a request. */
export function isOwnOrigin({ host, origin }: Headers): boolean {
  return host !== undefined && origin !== undefined && parsed(origin)?.host === host;
}

function parsed(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}
