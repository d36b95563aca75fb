import { electronicFormatIBAN, extractIBAN, isValidIBAN } from 'ibantools';
import { SPANISH_BANKS } from './spanish-banks.ts';

/**
 * An IBAN as it is kept, without blanks and in capitals, or null when it cannot be one. Bank papers
 * have its name before it.
 */
export function parseIban(text: string): string | null {
  const iban = electronicFormatIBAN(text.replace(/^\s*IBAN[\s:]*/i, ''));
  return iban !== null && isValidIBAN(iban) ? iban : null;
}

/** The beginning and the last four, as a card number is shown. */
export function maskIban(iban: string): string {
  return iban.slice(0, 4) + '*'.repeat(iban.length - 8) + iban.slice(-4);
}

/** The country of an IBAN, and its bank if it is one of Spain's larger ones. */
export function bankOfIban(iban: string): {
  country: string;
  bic: string | null;
  bank: string | null;
} {
  const { countryCode = iban.slice(0, 2), bankIdentifier = '' } = extractIBAN(iban);
  const [bic, bank] = (countryCode === 'ES' ? SPANISH_BANKS[bankIdentifier] : undefined) ?? [
    null,
    null,
  ];
  return { country: countryCode, bic, bank };
}
