import { isIPv4, isIPv6 } from 'node:net';

/** An address of the internet, or that of a network: four numbers of 8 bits or eight of 16. */
export interface IpAddress {
  family: 'ipv4' | 'ipv6';
  parts: readonly number[];
}

/** Reads an address, or null when it is none; an IPv4 address may be written as an IPv6 one. */
export function ipAddressOf(text: string): IpAddress | null {
  const address = literalOf(text);
  if (address === null) return null;
  const [high = 0, low = 0] = address.parts.slice(6);
  const isMapped = address.family === 'ipv6' && address.parts.slice(0, 6).join() === MAPPED;
  return isMapped
    ? { family: 'ipv4', parts: [high >> 8, high & 0xff, low >> 8, low & 0xff] }
    : address;
}

/** Reads a network such as `10.0.0.0/8` or `2001:db8::/32`, or null when it is none. */
export function ipNetworkOf(text: string): { address: IpAddress; length: number } | null {
  const [, written = '', digits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const address = literalOf(written);
  const length = Number(digits);
  if (address === null || length > address.parts.length * bitsOf(address)) return null;
  return { address, length };
}

/** The network of a length that an address is in. */
export function networkAround(address: IpAddress, length: number): IpAddress {
  const bits = bitsOf(address);
  const parts = address.parts.map((part, index) => {
    const kept = Math.min(bits, Math.max(0, length - index * bits));
    return (part >> (bits - kept)) << (bits - kept);
  });
  return { family: address.family, parts };
}

/** The one way to write an address (RFC 5952). */
export function ipText({ family, parts }: IpAddress): string {
  return family === 'ipv4'
    ? parts.join('.')
    : shortened(parts.map((part) => part.toString(16)).join(':'));
}

const MAPPED = '0,0,0,0,0,65535';

function bitsOf({ family }: IpAddress): number {
  return family === 'ipv4' ? 8 : 16;
}

function literalOf(text: string): IpAddress | null {
  if (isIPv4(text)) return { family: 'ipv4', parts: text.split('.').map(Number) };
  if (!isIPv6(text) || text.includes('%')) return null;
  const [before = '', after] = shortened(text).split('::');
  const [head, tail] = [groupsOf(before), groupsOf(after ?? '')];
  const zeros = Array<number>(8 - head.length - tail.length).fill(0);
  return { family: 'ipv6', parts: [...head, ...zeros, ...tail] };
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

/** URLs have IPv6 addresses in their one form. */
function shortened(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
