import { createHash } from 'node:crypto';
import { type Channel, DIRECT_CHANNEL } from '#ledger/purchases/purchase.ts';

/** The journal's sort key has a kilobyte for the whole history of an entry. */
const MAX_NAME = 60;

/**
 * A kind of channel as a name in the store, such as `website` or `funnel/one_step`; empty for none,
 * as most orders have.
 */
export function channelName({ type, subType }: Pick<Channel, 'type' | 'subType'>): string {
  if (type === DIRECT_CHANNEL.type && subType === null) return '';
  const names = [type, ...(subType === null ? [] : [subType])].map(nameOf).join('/');
  return names.length <= MAX_NAME ? names : digestOf(names);
}

/** A value as a part of a name; a long one by its digest. */
export function nameOf(value: string | null): string {
  const text = encodeURIComponent((value ?? '').toWellFormed());
  return text.length <= MAX_NAME ? text : digestOf(text);
}

function digestOf(text: string): string {
  return `~${createHash('sha256').update(text).digest('base64url')}`;
}
