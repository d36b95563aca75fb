import { ca } from '#faces/pages/views/languages/ca.ts';
import { de } from '#faces/pages/views/languages/de.ts';
import { en } from '#faces/pages/views/languages/en.ts';
import { es, type Words } from '#faces/pages/views/languages/es.ts';
import { fr } from '#faces/pages/views/languages/fr.ts';
import { pt } from '#faces/pages/views/languages/pt.ts';
import { type LanguageCode, type Locale, localeFor } from './locale.ts';

export type { Words };

const LANGUAGES: Readonly<Record<LanguageCode, Words>> = { es, en, ca, fr, pt, de };

/** A language as a page uses it. */
export interface Language extends Locale {
  words: Words;
}

/** Finds the language of a page and its texts; see `localeFor`. */
export function languageFor(...wanted: (string | null | undefined)[]): Language {
  const found = localeFor(...wanted);
  return { ...found, words: LANGUAGES[found.code] };
}
