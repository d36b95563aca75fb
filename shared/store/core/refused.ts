import { LedgerError } from '#ledger/core/errors.ts';
import { type Attributes, keyOf } from './items.ts';
import type { Key } from './keys.ts';

/** Longer than anything that was sent is on its way. */
const KEPT_SECONDS = 24 * 3600;

/** What stands in the place of an item whose commit was refused: it has no value. */
export function refusedAttributes(key: Key, { code, subject, hint }: LedgerError): Attributes {
  return { ...goneAttributes(key), refused: { S: JSON.stringify({ code, subject, hint }) } };
}

/**
 * What stands for a while in the place of an item that was deleted, so that what once made it does
 * not make it again when it arrives late: it has no value.
 */
export function goneAttributes(key: Key): Attributes {
  const expiresAt = Math.floor(Date.now() / 1000) + KEPT_SECONDS;
  return { ...keyOf(key), expiresAt: { N: String(expiresAt) } };
}

/** The refusal that stands in the place of an item, so that who tries again is told the same. */
export function refusalIn(attributes: Attributes | undefined): LedgerError | null {
  const text = attributes?.refused?.S;
  if (text === undefined) return null;
  const { code, subject, hint }: Pick<LedgerError, 'code' | 'subject' | 'hint'> = JSON.parse(text);
  return new LedgerError(code, subject, hint);
}
