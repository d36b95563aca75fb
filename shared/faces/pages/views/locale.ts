/** The languages that there are texts in, with that of who says none first. */
const CODES = ['es', 'en', 'ca', 'fr', 'pt', 'de'] as const;

export type LanguageCode = (typeof CODES)[number];

/** A language, and as it is spoken where its reader is, such as `pt-BR`: for amounts and dates. */
export interface Locale {
  code: LanguageCode;
  locale: string;
}

/**
 * The first of the languages wanted that there is, or Spanish: for `?lang=` and the browser's
 * `Accept-Language`, in that order.
 */
export function localeFor(...wanted: (string | null | undefined)[]): Locale {
  const tags = wanted.flatMap((header) => preferences(header ?? ''));
  for (const tag of tags) {
    const code = CODES.find((one) => one === tag.slice(0, 2));
    if (code !== undefined) return { code, locale: regional(code, tags) };
  }
  return { code: 'es', locale: 'es' };
}

/** The first wish for the language that names a region, else the language itself. */
function regional(code: string, tags: readonly string[]): string {
  return tags.find((tag) => /^[a-z]{2}-[a-z]{2}$/.test(tag) && tag.startsWith(code)) ?? code;
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

/** A moment as people of a language write it, by the clock of a time zone. */
export function dateText(
  iso: string,
  timeZone: string,
  { locale }: Locale,
  dateStyle: 'long' | 'medium' = 'long',
): string {
  const style = { dateStyle, timeStyle: 'short', timeZone } as const;
  return new Intl.DateTimeFormat(locale, style).format(new Date(iso));
}

/** Language tags of an `Accept-Language` header (or a single one), best first. */
function preferences(header: string): string[] {
  return header
    .split(',')
    .map((part) => {
      const [tag = '', quality] = part.trim().toLowerCase().replace('_', '-').split(';q=');
      return { tag, quality: Number(quality ?? 1) };
    })
    .sort((one, other) => other.quality - one.quality)
    .map((one) => one.tag);
}
