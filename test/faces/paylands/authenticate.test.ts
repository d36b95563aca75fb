import { expect, test } from 'vitest';
import { apiKeyOf } from '#faces/paylands/authenticate.ts';

const KEY = 'be2dd40a38f34848a79b90958abf63f8';
const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
  ['Basic with a colon', `Basic ${base64(`${KEY}:`)}`],
  ['Basic without a colon', `Basic ${base64(KEY)}`],
  ['Basic with a password', `basic ${base64(`${KEY}:ignored`)}`],
  ['Bearer', `Bearer ${KEY}`],
  ['Bearer in lower case', `bearer  ${KEY}`],
  ['bare', KEY],
  ['bare with spaces around', ` ${KEY} `],
])('finds the key in %s', (_, header) => {
  expect(apiKeyOf(header)).toBe(KEY);
});

test.each([undefined, '', '  ', 'Digest abc', `Basic ${base64(':password')}`, 'Basic !'])(
  'finds none in %j',
  (header) => {
    expect(apiKeyOf(header)).toBeNull();
  },
);
