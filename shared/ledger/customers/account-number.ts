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

/** Whether a text can be the number of an account of a type. */
export function isAccountNumber(type: AccountType, text: string): boolean {
  const compact = compactOf(text);
  switch (type) {
    case 'CARD_NUMBER':
      return MASKED_CARD.test(compact) || (/^\d{12,19}$/.test(compact) && passesLuhn(compact));
    case 'ACCOUNT_CLABE':
      return isClabe(compact);
    case 'MOBILE_PHONE_NUMBER':
      return /^\+?\d{6,15}$/.test(compact);
    case 'NOT_USED_FOR_THIS_BANK':
      return true;
    default:
      return /^[0-9A-Za-z./]+$/.test(compact);
  }
}

/**
 * A valid number as it is kept, without blanks; of a card number only the first six and the last
 * four digits.
 */
export function keptNumber(type: AccountType, text: string): string {
  const compact = compactOf(text);
  if (type === 'NOT_USED_FOR_THIS_BANK') return text;
  if (type !== 'CARD_NUMBER' || MASKED_CARD.test(compact)) return compact;
  return compact.slice(0, 6) + '*'.repeat(compact.length - 10) + compact.slice(-4);
}

/** A card number as it is kept, which clients may send back. */
const MASKED_CARD = /^\d{6}\*{2,9}\d{4}$/;

function compactOf(text: string): string {
  return text.replace(/[\s-]/g, '');
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
