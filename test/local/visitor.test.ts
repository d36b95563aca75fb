import { expect, test } from 'vitest';
import { isOwnHost, isOwnOrigin } from '#infra/local/home/visitor.ts';

const KNOWN = ['http://127.0.0.1:3000', 'https://pay.example'];

test.each(['127.0.0.1:3000', '192.168.1.7:3000', '[::1]:3000', 'localhost', 'pay.example'])(
  '%s is a name of this server',
  (host) => expect(isOwnHost({ host }, KNOWN)).toBe(true),
);

test.each([undefined, '', 'evil.example', 'localhost.evil.example', 'pay.example.evil', 'a b'])(
  '%s is none',
  (host) => expect(isOwnHost({ host }, KNOWN)).toBe(false),
);

test.each([
  { host: 'localhost:3000', origin: 'http://localhost:3000', own: true },
  { host: 'pay.example', origin: 'https://pay.example', own: true },
  { host: 'localhost:3000', origin: 'http://localhost:4000', own: false },
  { host: 'localhost:3000', origin: 'http://evil.example', own: false },
  { host: 'localhost:3000', origin: 'null', own: false },
  { host: 'localhost:3000', origin: undefined, own: false },
  { host: undefined, origin: 'http://localhost:3000', own: false },
])('a form of $origin for $host is our own: $own', ({ host, origin, own }) => {
  expect(isOwnOrigin({ host, origin })).toBe(own);
});
