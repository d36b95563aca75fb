import dns from 'node:dns';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  ADDRESS_NOT_ALLOWED,
  isForbiddenLiteral,
  isPublicAddress,
  publicLookup,
} from '#delivery/address-guard.ts';

test.each([
  ['1.1.1.1'],
  ['8.8.8.8'],
  ['172.15.255.255'],
  ['172.32.0.1'],
  ['100.63.255.255'],
  ['100.128.0.1'],
  ['169.253.255.255'],
  ['223.255.255.255'],
  ['2606:4700:4700::1111'],
  ['2a00:1450:4003:80f::200e'],
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'this network'],
  ['10.0.0.1', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['100.64.0.1', 'shared by carriers'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['169.254.169.254', 'instance metadata'],
  ['169.254.170.2', 'container credentials'],
  ['192.0.0.192', 'protocol assignments'],
  ['192.0.2.1', 'documentation'],
  ['198.51.100.1', 'documentation'],
  ['203.0.113.1', 'documentation'],
  ['192.88.99.1', '6to4 relays'],
  ['198.18.0.1', 'benchmarking'],
  ['224.0.0.1', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['::127.0.0.1', 'IPv4-compatible'],
  ['::ffff:127.0.0.1', 'IPv4-mapped'],
  ['::ffff:8.8.8.8', 'IPv4-mapped, public'],
  ['::ffff:0:10.0.0.1', 'IPv4-translated'],
  ['64:ff9b::a9fe:a9fe', 'NAT64'],
  ['64:ff9b:1::10.0.0.1', 'local NAT64'],
  ['2002:7f00:1::', '6to4'],
  ['2001::1', 'Teredo'],
  ['2001:db8::1', 'documentation'],
  ['3fff::1', 'documentation'],
  ['fc00::1', 'unique local'],
  ['fd00:ec2::254', 'instance metadata'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local with a zone'],
  ['fec0::1', 'site-local'],
  ['ff02::1', 'multicast'],
  ['100::1', 'discard'],
  ['4000::1', 'not given out'],
  ['', 'no address'],
  ['1', 'no address'],
  ['example.com', 'no address'],
])('%s is not public (%s)', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  ['http://127.0.0.1/', true],
  ['http://127.0.0.1./', true],
  ['http://2130706433/', true],
  ['http://0x7f.1/', true],
  ['http://0177.0.0.1/', true],
  ['http://127.1/', true],
  ['http://①②⑦.0.0.1/', true],
  ['http://[::1]/', true],
  ['http://[::ffff:127.0.0.1]/', true],
  ['http://[0:0:0:0:0:ffff:a9fe:a9fe]/', true],
  ['http://8.8.8.8/', false],
  ['http://[2606:4700:4700::1111]/', false],
  ['http://localhost/', false],
  ['http://merchant.example/', false],
])('the host of %s is a forbidden address: %s', (url, forbidden) => {
  expect(isForbiddenLiteral(new URL(url).hostname)).toBe(forbidden);
});

describe('lookup', () => {
  afterEach(() => vi.restoreAllMocks());

  function lookup(answer: string[] | Error, all: boolean): Promise<unknown> {
    const addresses = Array.isArray(answer)
      ? answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
      : [];
    const resolver = (_host: string, _options: unknown, callback: (...args: unknown[]) => void) =>
      callback(answer instanceof Error ? answer : null, addresses);
    vi.spyOn(dns, 'lookup').mockImplementation(resolver as never);
    return new Promise((resolve, reject) => {
      publicLookup('merchant.example', { all }, (error, address, family) =>
        error === null ? resolve(all ? address : [address, family]) : reject(error),
      );
    });
  }

  test('gives the public addresses of a name, and no others', async () => {
    const answer = ['10.0.0.1', '8.8.8.8', '::ffff:8.8.4.4', '2606:4700:4700::1111'];
    expect(await lookup(answer, true)).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '2606:4700:4700::1111', family: 6 },
    ]);
    expect(await lookup(answer, false)).toEqual(['8.8.8.8', 4]);
  });

  test.each([true, false])('refuses a name without a public address (all: %s)', async (all) => {
    await expect(lookup(['127.0.0.1', '::1'], all)).rejects.toMatchObject({
      code: ADDRESS_NOT_ALLOWED,
    });
    await expect(lookup([], all)).rejects.toMatchObject({ code: ADDRESS_NOT_ALLOWED });
  });

  test('passes on that there is no such name', async () => {
    const error = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    await expect(lookup(error, true)).rejects.toBe(error);
  });
});
