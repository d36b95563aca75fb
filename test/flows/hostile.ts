import { gzipSync } from 'node:zlib';

/** A value that no client should send. */
export interface Hostile {
  label: string;
  /** Undefined leaves the field out. */
  value: unknown;
  /** Whether no field at all may take it. */
  always?: boolean;
}

export const PAN = '4761739000091011';

function deep(levels: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < levels; level += 1) value = { inner: value };
  return value;
}

const TEXTS: Hostile[] = [
  { label: 'empty text', value: '' },
  { label: 'blanks', value: '   ' },
  { label: 'a word', value: 'nonsense' },
  { label: 'oversized text', value: 'x'.repeat(5000), always: true },
  { label: 'huge text', value: 'é'.repeat(70_000), always: true },
  { label: 'a long number as text', value: '9'.repeat(400) },
  { label: 'a negative number as text', value: '-1' },
  { label: 'a fraction as text', value: '1.5' },
  { label: 'a number in hexadecimal', value: '0x10' },
  { label: 'control characters', value: 'a\u0000b\u001f\r\nc' },
  { label: 'a lone surrogate', value: 'a\ud800b', always: true },
  { label: 'emoji', value: '👩‍👩‍👧‍👦' },
  { label: 'text that turns around', value: '\u202egnp.exe' },
  { label: 'SQL', value: "' OR '1'='1'; DROP TABLE orders; --" },
  { label: 'JSON', value: '","status":"SUCCESS","x":"' },
  { label: 'a key separator', value: 'a#b#ORDER' },
  { label: 'HTML', value: '"><script>alert(1)</script>' },
  { label: 'a path', value: '../../../../etc/passwd' },
  { label: 'a lookup', value: `\${jndi:ldap://127.0.0.1/a}` },
  { label: 'a name of every object', value: '__proto__' },
  { label: 'another name of every object', value: 'constructor' },
  { label: 'a URL with credentials', value: 'http://user:secret@127.0.0.1/' },
  { label: 'a URL of another kind', value: 'file:///etc/passwd' },
];

/** For fields of a JSON body. */
export const HOSTILE: readonly Hostile[] = [
  { label: 'nothing', value: undefined },
  { label: 'null', value: null },
  { label: 'true', value: true },
  { label: 'false', value: false },
  { label: 'zero', value: 0 },
  { label: 'a negative number', value: -1 },
  { label: 'a fraction', value: 1.5 },
  { label: 'a number beyond 32 bits', value: 2 ** 31 },
  { label: 'a number beyond 53 bits', value: 2 ** 60 },
  { label: 'a huge number', value: 1e308 },
  { label: 'a tiny number', value: 5e-324 },
  { label: 'an empty list', value: [] },
  { label: 'a list of text', value: ['x'], always: true },
  { label: 'a list of lists', value: [[[]]] },
  { label: 'an object', value: { a: 1 } },
  { label: 'an operator', value: { $ne: null } },
  { label: 'an object that looks like a list', value: { 0: 'a', length: 1e9 } },
  { label: 'a deep object', value: deep(1000), always: true },
  { label: 'a large object', value: { a: 'x'.repeat(70_000) }, always: true },
  ...TEXTS,
];

/** For parts of a query. */
export const HOSTILE_TEXTS: readonly Hostile[] = TEXTS.filter(
  ({ label }) => label !== 'huge text' && label !== 'a lone surrogate',
);

/** The bytes of a body, as JSON unless another type is said, and the status that refuses it. */
interface HostileBody {
  label: string;
  body: string | Buffer;
  type?: string;
  status?: number;
  /** An object after all, which operations take that need no field. */
  isObject?: true;
}

export const HOSTILE_BODIES: readonly HostileBody[] = [
  { label: 'nothing', body: '', isObject: true },
  { label: 'a word', body: 'nonsense' },
  { label: 'half an object', body: '{"amount":' },
  { label: 'an object and more', body: '{}{}' },
  { label: 'null', body: 'null' },
  { label: 'an empty list', body: '[]', isObject: true },
  { label: 'a list of objects', body: '[{"amount":1}]' },
  { label: 'text', body: '"text"' },
  { label: 'a number', body: '1' },
  { label: 'a number out of range', body: '{"amount":1e999}', isObject: true },
  {
    label: 'a form',
    body: 'amount=1',
    type: 'application/x-www-form-urlencoded',
    isObject: true,
  },
  { label: 'bytes', body: Buffer.from([0, 255, 254, 128]), type: 'application/octet-stream' },
  { label: 'text that is not UTF-8', body: Buffer.from([0x22, 0xc3, 0x28, 0x22]) },
  { label: 'compressed JSON', body: gzipSync('{}') },
  { label: 'many levels', body: '['.repeat(100_000) + ']'.repeat(100_000) },
  {
    label: 'many levels in a field',
    body: `{"extra_data":${'{"a":'.repeat(5000)}1${'}'.repeat(5001)}`,
  },
  {
    label: 'only a prototype',
    body: '{"__proto__":{"amount":1,"description":"x"}}',
    isObject: true,
  },
  { label: 'more than 1 MB', body: `{"description":"${'x'.repeat(1_100_000)}"}`, status: 413 },
];
