import { createHash, randomBytes } from 'node:crypto';

/** An upper-case UUID. */
export type Uuid = string;

/**
 * A text that identifies one kind of thing, so that what identifies another kind does not compile
 * in its place. A plain text, such as one from a request, may identify anything.
 */
type IdentityOf<K extends string> = string & { readonly kind?: K };

export type OrderUuid = IdentityOf<'order'>;
export type TransactionUuid = IdentityOf<'transaction'>;
export type CardUuid = IdentityOf<'card'>;
export type ServiceUuid = IdentityOf<'service'>;
export type MerchantUuid = IdentityOf<'merchant'>;

/**
 * 24 lower-case hex digits that begin with the seconds since 1970 (a MongoDB ObjectId): never the
 * UUID of the same order.
 */
export type ObjectId = IdentityOf<'ObjectId'>;

/**
 * Mints an ObjectId whose digits sort by time to the millisecond, so that it can be the sort key
 * of a list. The last 54 bits are random.
 */
export function mintObjectId(nowMs: number): ObjectId {
  const seconds = Math.floor(nowMs / 1000);
  const random = randomBytes(7);
  const millis = ((nowMs % 1000) << 6) | ((random[6] ?? 0) & 0x3f);
  return hex(seconds, 8) + hex(millis, 4) + random.subarray(0, 6).toString('hex');
}

/** The smallest ObjectId that can be minted at a time: the lower bound of a range of ids. */
export function objectIdFloor(timeMs: number): ObjectId {
  return hex(Math.floor(timeMs / 1000), 8) + hex((timeMs % 1000) << 6, 4).padEnd(16, '0');
}

/**
 * The UUID (RFC 9562 version 8) that carries an ObjectId. Both identities of an order or a
 * transaction are one value in two notations, so neither needs a mapping that could be lost.
 */
export function uuidFromObjectId(id: ObjectId): Uuid {
  const check = createHash('sha256').update(id).digest();
  const variant = '89AB'[(check[0] ?? 0) & 3];
  const tail = id.slice(18) + check.toString('hex', 1, 4);
  return [id.slice(0, 8), id.slice(8, 12), `8${id.slice(12, 15)}`, variant + id.slice(15, 18), tail]
    .join('-')
    .toUpperCase();
}

/** The ObjectId inside one of our UUIDs, or null when the UUID was not minted here. */
export function objectIdFromUuid(uuid: Uuid): ObjectId | null {
  const digits = uuid.replaceAll('-', '').toLowerCase();
  const id = digits.slice(0, 12) + digits.slice(13, 16) + digits.slice(17, 26);
  return uuidFromObjectId(id) === uuid.toUpperCase() ? id : null;
}

/** Mints a UUID at a time (milliseconds since 1970). */
export function mintUuid(nowMs: number): Uuid {
  return uuidFromObjectId(mintObjectId(nowMs));
}

/** The nth UUID derived from another: the same whenever a request is tried again. */
export function derivedUuid(base: Uuid, index: number): Uuid {
  const id = objectIdFromUuid(base);
  if (id === null) throw new Error('Only an identity minted here can be derived from');
  const digest = createHash('sha256').update(`${id}#${index}`).digest('hex');
  return uuidFromObjectId(id.slice(0, 12) + digest.slice(0, 12));
}

/**
 * The token of an order: 128 hex digits of which the first name the order and its merchant, so that
 * a token is resolved without a lookup table. The rest are random: the whole token is compared with
 * the order's own.
 */
export function mintOrderToken(order: OrderUuid, merchant: MerchantUuid): string {
  const id = objectIdFromUuid(order);
  if (id === null) throw new Error('A token needs an order minted here');
  return id + digitsOf(merchant) + randomBytes(36).toString('hex');
}

/** The order that a token names, or null when it cannot be a token of ours. */
export function orderOfToken(token: string): { order: OrderUuid; merchant: MerchantUuid } | null {
  if (!TOKEN.test(token)) return null;
  return { order: uuidFromObjectId(token.slice(0, 24)), merchant: uuidOf(token.slice(24, 56)) };
}

/** The token with which a browser acts for a customer: it names the merchant, the rest is random. */
export function mintCustomerToken(merchant: MerchantUuid): string {
  return digitsOf(merchant) + randomBytes(48).toString('hex');
}

/** The merchant that a customer's token names, or null when it cannot be a token of ours. */
export function merchantOfToken(token: string): Uuid | null {
  return TOKEN.test(token) ? uuidOf(token.slice(0, 32)) : null;
}

const TOKEN = /^[0-9a-f]{128}$/;

function digitsOf(uuid: Uuid): string {
  return uuid.replaceAll('-', '').toLowerCase();
}

function uuidOf(digits: string): Uuid {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5').toUpperCase();
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
