import { passesLuhn } from '#ledger/cards/luhn.ts';

/** The kinds of a customer's accounts (contract D.9, AccountType). */
export const ACCOUNT_TYPES = [
  'ACCOUNT_NUMBER',
  'BUSINESS',
  'ACCOUNT_CLABE',
  'CARD_NUMBER',
  'INTEREST_CHECKING',
  'MONEY_MARKET',
  'MOBILE_PHONE_NUMBER',
  'NOT_USED_FOR_THIS_BANK',
  'PERSONAL',
  'REGULAR_CHECKING',
  'SAVING_ACCOUNT',
] as const;

export type AccountType = (typeof ACCOUNT_TYPES)[number];

/**
 * The number of an account as it may be kept, or null when it cannot be one of its type. Of a card
 * number only the first six and the last four digits are kept, as everywhere.
 */
export function accountNumber(type: AccountType, text: string): string | null {
  const compact = text.replace(/[\s-]/g, '');
  switch (type) {
    case 'CARD_NUMBER':
      return cardNumber(compact);
    case 'ACCOUNT_CLABE':
      return isClabe(compact) ? compact : null;
    case 'MOBILE_PHONE_NUMBER':
      return /^\+?\d{6,15}$/.test(compact) ? compact : null;
    case 'NOT_USED_FOR_THIS_BANK':
      return text.trim();
    default:
      return /^[0-9A-Za-z./]{1,64}$/.test(compact) ? compact : null;
  }
}

function cardNumber(digits: string): string | null {
  // What is kept of one can be sent back.
  if (/^\d{6}\*{2,9}\d{4}$/.test(digits)) return digits;
  if (!/^\d{12,19}$/.test(digits) || !passesLuhn(digits)) return null;
  return digits.slice(0, 6) + '*'.repeat(digits.length - 10) + digits.slice(-4);
}

/** Mexico's account number: 17 digits and one that checks them, each weighted 3, 7, 1 in turn. */
function isClabe(digits: string): boolean {
  if (!/^\d{18}$/.test(digits)) return false;
  const weights = [3, 7, 1];
  const sum = [...digits.slice(0, 17)].reduce(
    (total, digit, index) => total + ((Number(digit) * (weights[index % 3] ?? 0)) % 10),
    0,
  );
  return (10 - (sum % 10)) % 10 === Number(digits[17]);
}
