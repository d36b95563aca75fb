import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { iso31661Alpha2ToAlpha3, iso31661Alpha3ToAlpha2 } from 'iso-3166';
import { passesLuhn } from '#ledger/cards/luhn.ts';
import { type Uuid, uuidFromObjectId } from '#ledger/core/ids.ts';
import { digitsOf, isTelephone } from '#ledger/customers/telephone.ts';
import { type IpAddress, ipAddressOf, ipNetworkOf, ipText, networkAround } from './ip-address.ts';

/** The types of items of a security list (contract C.13). */
export const ITEM_TYPES = ['IP', 'CARD', 'BIN', 'EMAIL', 'COUNTRY', 'CUSTOMER', 'PHONE'] as const;

export type ItemType = (typeof ITEM_TYPES)[number];

/** An item of a security list. */
export interface ListItem {
  uuid: Uuid;
  type: ItemType;
  /** As the merchant gave it; for a card number, the card's token. */
  value: string;
  /** The normalised value that payments are matched by. */
  match: string;
  createdAt: string;
}

/** A normalised value and its kind, as items are looked up. */
export interface Match {
  match: string;
  kind: string;
}

/** The parts of a payment that can be on a list. */
export interface Screened {
  card: { fingerprint: string; bin: string; bin8?: string; country: string } | null;
  ip: string | null;
  emails: readonly string[];
  phones: readonly string[];
  customer: string | null;
}

/**
 * The match of an item's value, or null when the value is not valid for the type. A card is given
 * by its token here; networks are IP items such as `10.0.0.0/8`, domains EMAIL items such as
 * `example.com`.
 */
export function matchOf(type: ItemType, value: string): Match | null {
  const text = value.trim();
  switch (type) {
    case 'CARD':
      return /^[0-9a-f]{128}$/i.test(text) ? plain(type, text.toLowerCase()) : null;
    case 'BIN':
      return /^\d{6}(\d\d)?$/.test(text) ? plain(type, text) : null;
    case 'IP':
      return text.includes('/') ? networkMatch(text) : addressMatch(text);
    case 'EMAIL':
      return emailMatch(text.toLowerCase());
    case 'COUNTRY':
      return countryMatch(text.toUpperCase());
    case 'CUSTOMER':
      return text === '' ? null : plain(type, text);
    case 'PHONE':
      return phoneMatch(text);
  }
}

/** Whether a merchant can mean something by a value: a card also by its uuid or its number. */
export function isItemValue(type: ItemType, value: string): boolean {
  if (matchOf(type, value) !== null) return true;
  return type === 'CARD' && (UUID.test(value) || cardNumberIn(value) !== null);
}

/** The card number that a value is, without blanks, or null. */
export function cardNumberIn(value: string): string | null {
  const digits = value.replace(/[\s-]/g, '');
  return /^\d{12,19}$/.test(digits) && passesLuhn(digits) ? digits : null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** All matches of a payment, of the kinds of items that lists have. */
export function matchesOf(screened: Screened, kinds: readonly string[]): string[] {
  const { card, ip, emails, phones, customer } = screened;
  const matches = [
    card === null ? null : plain('CARD', card.fingerprint),
    card === null ? null : plain('BIN', card.bin),
    card?.bin8 === undefined ? null : plain('BIN', card.bin8),
    card === null ? null : plain('COUNTRY', card.country),
    customer === null ? null : plain('CUSTOMER', customer),
    ...emails.flatMap(emailMatches),
    ...phones.flatMap(phoneMatches),
    ...(ip === null ? [] : ipMatches(ip, kinds)),
  ];
  const wanted = matches.filter((one) => one !== null && kinds.includes(one.kind));
  return [...new Set(wanted.map((one) => one?.match ?? ''))];
}

/** The identity of an item: adding it twice, in any form, adds it once. */
export function itemUuid(list: Uuid, match: string): Uuid {
  const digest = createHash('sha256').update(`${list}#${match}`).digest('hex');
  return uuidFromObjectId(digest.slice(0, 24));
}

/** Countries are matched by two letters, as cards have them. */
function countryMatch(code: string): Match | null {
  const two = iso31661Alpha3ToAlpha2[code] ?? code;
  return iso31661Alpha2ToAlpha3[two] === undefined ? null : plain('COUNTRY', two);
}

function plain(kind: string, value: string): Match {
  return { kind, match: `${kind}#${value}` };
}

/** Domains are matched as DNS has them: `münchen.de` is `xn--mnchen-3ya.de`. */
function emailMatch(text: string): Match | null {
  const domain = /^@?([^\s@]+\.[^\s@]+)$/.exec(text)?.[1];
  if (domain !== undefined) return domainMatch(domain);
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? plain('EMAIL', inDns(text)) : null;
}

function domainMatch(domain: string): Match | null {
  const ascii = domainToASCII(domain);
  const isDomain = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(ascii);
  return isDomain ? { kind: 'DOMAIN', match: `EMAIL#${ascii}` } : null;
}

/** An address with its domain as DNS has it. */
function inDns(email: string): string {
  return email.replace(/(?<=@)[^@]+$/, (domain) => domainToASCII(domain) || domain);
}

/** An address, its domain, and the domains above that. */
function emailMatches(email: string): Match[] {
  const text = inDns(email.trim().toLowerCase());
  const labels = (text.split('@')[1] ?? '').split('.').slice(-MAX_LABELS);
  const domains = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
  return [
    plain('EMAIL', text),
    ...domains.map((domain) => ({ kind: 'DOMAIN', match: `EMAIL#${domain}` })),
  ];
}

const MAX_LABELS = 5;

/** Telephones are matched by their digits; one without a prefix matches in any country. */
function phoneMatch(text: string): Match | null {
  const isInternational = /^\(?(\+|00)/.test(text);
  const digits = digitsOf(text).replace(/^00/, '');
  if (!isTelephone(text) || digits.length < 6 || digits.length > 15) return null;
  return isInternational ? plain('PHONE', `+${digits}`) : plain('PHONE', digits);
}

function phoneMatches(phone: string): Match[] {
  const own = phoneMatch(phone);
  if (own === null) return [];
  const digits = own.match.replace(/\D/g, '');
  // A country's prefix has one to three digits.
  const national = [0, 1, 2, 3].map((length) => plain('PHONE', digits.slice(length)));
  return own.match.includes('+') ? [own, ...national.slice(1)] : [own];
}

function addressMatch(text: string): Match | null {
  const address = ipAddressOf(text);
  return address === null ? null : plain('IP', ipText(address));
}

function networkMatch(text: string): Match | null {
  const network = ipNetworkOf(text);
  return network === null ? null : networkOf(network.address, network.length);
}

/** An address and the networks around it, of the sizes that lists have. */
function ipMatches(text: string, kinds: readonly string[]): Match[] {
  const address = ipAddressOf(text);
  if (address === null) return [];
  const lengths = kinds.flatMap((kind) => {
    const [, of, length] = kind.split('/');
    return of === address.family ? [Number(length)] : [];
  });
  const networks = lengths.map((length) => networkOf(address, length));
  return [plain('IP', ipText(address)), ...networks];
}

function networkOf(address: IpAddress, length: number): Match {
  return {
    kind: `IP/${address.family}/${length}`,
    match: `IP#${ipText(networkAround(address, length))}/${length}`,
  };
}
