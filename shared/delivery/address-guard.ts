import dns from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The code of the error of a lookup that finds no address one may connect to. */
export const ADDRESS_NOT_ALLOWED = 'ADDRESS_NOT_ALLOWED';

/** The only IPv6 block that global unicast addresses are given out of (RFC 4291, IANA). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address is one of the public internet: not private, shared, local, reserved or
 * multicast, and no IPv6 address that carries an IPv4 one (mapped, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST);
}

/** Whether a URL's host is an address that must not be connected to; a name never is. */
export function isForbiddenLiteral(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) !== 0 && !isPublicAddress(host);
}

/**
 * The lookup of a socket that may only reach the public internet. The socket connects to the very
 * addresses that were checked here, so a name cannot resolve to something else afterwards. An
 * address instead of a name is never looked up: check it with `isForbiddenLiteral`.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, []);
    const allowed = addresses.filter(({ address }) => isPublicAddress(address));
    const [first] = allowed;
    if (first === undefined) return callback(notAllowed(), []);
    return options.all ? callback(null, allowed) : callback(null, first.address, first.family);
  });
};

function notAllowed(): NodeJS.ErrnoException {
  return Object.assign(new Error('No public address'), { code: ADDRESS_NOT_ALLOWED });
}
