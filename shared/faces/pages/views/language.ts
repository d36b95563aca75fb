import { en } from '#faces/pages/views/languages/en.ts';
import { es, type Words } from '#faces/pages/views/languages/es.ts';

export type { Words };

const LANGUAGES: Readonly<Record<string, Words>> = { es, en };

/** A language as a page uses it: the first of those wanted that there is, or Spanish. */
export interface Language {
  code: string;
  words: Words;
}

/** Finds the language for `?lang=` and the browser's `Accept-Language`, in that order. */
export function languageFor(...wanted: (string | null | undefined)[]): Language {
  for (const header of wanted) {
    for (const code of preferences(header ?? '')) {
      const words = Object.hasOwn(LANGUAGES, code) ? LANGUAGES[code] : undefined;
      if (words !== undefined) return { code, words };
    }
  }
  return { code: 'es', words: es };
}

/** A text with its `{placeholders}` filled in. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** An amount as people of a language write it. */
export function money(amount: number, currency: { code: string; digits: number }, code: string) {
  const style = { style: 'currency', currency: currency.code } as const;
  const digits = currency.digits;
  const format = new Intl.NumberFormat(code, { ...style, minimumFractionDigits: digits });
  // A decimal text is formatted exactly, where a division would round.
  const text = String(amount).padStart(digits + 1, '0');
  const decimal = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return format.format(decimal as Intl.StringNumericLiteral);
}

/** Language codes of an `Accept-Language` header (or a single code), best first. */
function preferences(header: string): string[] {
  return header
    .split(',')
    .map((part) => {
      const [tag = '', quality] = part.trim().toLowerCase().split(';q=');
      return { code: tag.slice(0, 2), quality: Number(quality ?? 1) };
    })
    .sort((one, other) => other.quality - one.quality)
    .map((one) => one.code);
}
