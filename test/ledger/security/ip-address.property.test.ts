import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { expect, test } from 'vitest';
import { ipAddressOf, ipNetworkOf, ipText, networkAround } from '#ledger/security/ip-address.ts';

const ipv4 = fc.tuple(...Array(4).fill(fc.nat(255))).map((bytes) => bytes.join('.'));
/** Mostly zeros, which are written in many ways. */
const group = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(0xffff));
const ipv6 = fc.array(group, { minLength: 8, maxLength: 8 }).chain((groups) => {
  const written = groups.map((one) => one.toString(16));
  const bytes = groups.flatMap((one) => [one >> 8, one & 0xff]);
  return fc.constantFrom(
    written.join(':'),
    written.map((one) => one.toUpperCase().padStart(4, '0')).join(':'),
    `${written.slice(0, 6).join(':')}:${bytes.slice(12).join('.')}`,
    ipaddr.fromByteArray(bytes).toString(),
  );
});

test('an address has the text that a library gives it, however it is written', () => {
  fc.assert(
    fc.property(fc.oneof(ipv4, ipv6), (text) => {
      const address = ipAddressOf(text);
      const expected = ipaddr.process(text);
      expect(address?.family).toBe(expected.kind());
      expect(address && ipText(address)).toBe(expected.toString());
    }),
  );
});

test('a network of any length begins where a library says', () => {
  fc.assert(
    fc.property(fc.oneof(ipv4, ipv6), fc.nat(128), (text, size) => {
      const kind = ipaddr.parse(text).kind();
      const length = size % (kind === 'ipv4' ? 33 : 129);
      const network = ipNetworkOf(`${text}/${length}`);
      expect(network?.length).toBe(length);
      const first =
        kind === 'ipv4'
          ? ipaddr.IPv4.networkAddressFromCIDR(`${text}/${length}`)
          : ipaddr.IPv6.networkAddressFromCIDR(`${text}/${length}`);
      expect(network && ipText(networkAround(network.address, length))).toBe(first.toString());
    }),
  );
});

test.each([
  '',
  '1.2.3',
  '1.2.3.256',
  '01.2.3.4',
  '0x1.2.3.4',
  ':::',
  '1::2::3',
  'fe80::1%eth0',
  'a.example',
])('"%s" is no address', (text) => {
  expect(ipAddressOf(text)).toBeNull();
  expect(ipNetworkOf(`${text}/8`)).toBeNull();
});

test.each(['1.2.3.4/33', '2001:db8::/129', '1.2.3.4/', '1.2.3.4/-1', '1.2.3.4/8/8', '10/8'])(
  '%s is no network',
  (text) => {
    expect(ipNetworkOf(text)).toBeNull();
  },
);
