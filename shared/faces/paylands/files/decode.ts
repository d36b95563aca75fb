/** A file that cannot be read, in words for whoever sent it; what it holds is never repeated. */
export class FileError extends Error {
  override name = 'FileError';
}

const DATA_URI = /^data:[\w.+/-]*(;[\w=.-]+)*;base64,/i;

/** What files begin with that are mistaken for CSV. */
const OTHER_FORMATS: readonly [kind: string, magic: readonly number[]][] = [
  ['a ZIP archive or an Excel workbook', [0x50, 0x4b, 0x03, 0x04]],
  ['a ZIP archive or an Excel workbook', [0x50, 0x4b, 0x05, 0x06]],
  ['a gzip archive', [0x1f, 0x8b]],
  ['an old Excel workbook', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
];

/**
 * The bytes of a file that came as base64, with or without padding, line breaks and a data URI's
 * head (contract C.9, C.10, F).
 * @throws FileError
 */
export function decodeFile(encoded: string): Buffer {
  const digits = encoded.replace(DATA_URI, '').replace(/\s+/g, '').replace(/=+$/, '');
  // A group of one digit holds no byte: something is missing.
  if (!/^[A-Za-z0-9+/_-]*$/.test(digits) || digits.length % 4 === 1) {
    throw new FileError('it is not base64');
  }
  return Buffer.from(digits, 'base64');
}

/**
 * The text of a CSV file, without its byte order mark.
 * @throws FileError
 */
export function textOf(bytes: Buffer): string {
  const other = OTHER_FORMATS.find(([, magic]) => magic.every((byte, at) => bytes[at] === byte));
  if (other !== undefined) throw new FileError(`it is ${other[0]}, not CSV text`);
  const text = utf8(bytes);
  if (text.includes('\0')) throw new FileError('it is not text');
  if (text.trim() === '') throw new FileError('it is empty');
  return text;
}

function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FileError('it is not text in UTF-8');
  }
}
