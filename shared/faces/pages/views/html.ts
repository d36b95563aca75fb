/** Markup that is safe to send: only `html` makes it, from what is written here. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | readonly Html[] | string | number | null;

/** A template whose values are escaped, unless they are markup themselves; null is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const texts = values.map(textOf);
  return new Html(parts.reduce((whole, part, index) => whole + texts[index - 1] + part));
}

function textOf(value: Value): string {
  if (value === null) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map((one) => one.text).join('');
  return escaped(String(value));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
