import { LedgerError } from '#ledger/core/errors.ts';
import { goneAttributes } from './deleted.ts';
import type { Attributes } from './items.ts';
import type { Key } from './keys.ts';

/** What stands in the place of an item whose commit was refused: it has no value. */
export function refusedAttributes(key: Key, { code, subject, hint }: LedgerError): Attributes {
  return { ...goneAttributes(key, 1), refused: { S: JSON.stringify({ code, subject, hint }) } };
}

/** The refusal that stands in the place of an item, so that who tries again is told the same. */
export function refusalIn(attributes: Attributes | undefined): LedgerError | null {
  const text = attributes?.refused?.S;
  if (text === undefined) return null;
  const { code, subject, hint }: Pick<LedgerError, 'code' | 'subject' | 'hint'> = JSON.parse(text);
  return new LedgerError(code, subject, hint);
}
