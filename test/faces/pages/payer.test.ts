import { expect, test } from 'vitest';
import { payerOf } from '#faces/pages/payer.ts';

const FIREFOX = { 'user-agent': 'Firefox/106.0', 'accept-language': 'es' };

function browserOf(headers: Record<string, string>) {
  const http = {
    method: 'POST',
    path: '/',
    protocol: 'HTTP/1.1',
    sourceIp: '203.0.113.7',
    userAgent: '',
  };
  return payerOf({ headers, requestContext: { http } as never }).browser;
}

test('equal browsers have equal fingerprints, others do not', () => {
  const known = browserOf(FIREFOX)?.fingerprint;
  expect(browserOf({ ...FIREFOX, cookie: 'a=b' })?.fingerprint).toBe(known);
  const others = [
    { ...FIREFOX, 'user-agent': 'Firefox/107.0' },
    { ...FIREFOX, 'accept-language': 'en' },
    { ...FIREFOX, 'sec-ch-ua': '"Chromium";v="130"' },
    { ...FIREFOX, 'sec-ch-ua-mobile': '?1' },
    { ...FIREFOX, 'sec-ch-ua-platform': '"Linux"' },
  ].map((headers) => browserOf(headers)?.fingerprint);
  expect(new Set([known, ...others]).size).toBe(6);
});

test('a fingerprint is a number of 32 bits', () => {
  expect(Number(browserOf(FIREFOX)?.fingerprint)).toBeLessThan(2 ** 32);
});

test('a request without a User-Agent is of no browser', () => {
  expect(browserOf({})).toBeNull();
  expect(browserOf({ 'user-agent': ' ' })).toBeNull();
});

test('of a User-Agent what can be printed is kept, without card numbers, as far as there is room', () => {
  expect(browserOf({ 'user-agent': 'A\u0007 é 5590337536718399' })?.userAgent).toBe('A  ****8399');
  expect(browserOf({ 'user-agent': 'x'.repeat(8000) })?.userAgent).toHaveLength(255);
});
