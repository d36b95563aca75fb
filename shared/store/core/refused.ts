import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { LedgerError } from '#ledger/core/errors.ts';
import { goneAttributes } from './deleted.ts';
import type { Attributes } from './items.ts';
import type { Key } from './keys.ts';
import { NOTHING_THERE } from './writes.ts';

/** What stands in the place of an item whose commit was refused: it has no value. */
export function refusedAttributes(key: Key, { code, subject, hint }: LedgerError): Attributes {
  return { ...goneAttributes(key, 1), refused: { S: JSON.stringify({ code, subject, hint }) } };
}

/** Has a refusal take the place of an item that nobody has made. */
export function refuse(TableName: string, key: Key, refusal: LedgerError): TransactWriteItem {
  const Item = refusedAttributes(key, refusal);
  const ConditionExpression = `${NOTHING_THERE} OR attribute_exists(refused)`;
  return { Put: { TableName, Item, ConditionExpression } };
}

/** The refusal that stands in the place of an item, so that who tries again is told the same. */
export function refusalIn(attributes: Attributes | undefined): LedgerError | null {
  const text = attributes?.refused?.S;
  if (text === undefined) return null;
  const { code, subject, hint }: Pick<LedgerError, 'code' | 'subject' | 'hint'> = JSON.parse(text);
  return new LedgerError(code, subject, hint);
}
