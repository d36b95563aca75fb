/** Says what is wrong with a field now, or null. */
export type Check = () => string | null;

/** The checks of a form, by the ids of its fields. */
export interface Checks {
  /** Marks every field that is wrong, goes to the first one, and says whether there is none. */
  areRight(): boolean;
  /** Marks what is wrong, by the ids of the fields, and unmarks the others. */
  show(errors: Readonly<Record<string, string>>): void;
  errors(): Record<string, string>;
}

/** A field is checked when it is left, and what was said of it goes as soon as it is right. */
export function checked(checks: Readonly<Record<string, Check>>): Checks {
  const names = Object.keys(checks);
  const inputOf = (name: string) => document.getElementById(name);
  const isMarked = (name: string) => inputOf(name)?.getAttribute('aria-invalid') === 'true';
  const mark = (name: string, error: string | null) => {
    inputOf(name)?.setAttribute('aria-invalid', String(error !== null));
    const line = document.getElementById(`${name}-error`);
    if (line !== null) line.textContent = error;
    if (!names.some(isMarked)) document.querySelector('.summary')?.remove();
  };
  for (const [name, check] of Object.entries(checks)) {
    inputOf(name)?.addEventListener('change', () => mark(name, check()));
    inputOf(name)?.addEventListener('input', () => {
      if (isMarked(name) && check() === null) mark(name, null);
    });
  }
  const errors = () =>
    Object.fromEntries(
      Object.entries(checks).flatMap(([name, check]) => {
        const error = check();
        return error === null ? [] : [[name, error]];
      }),
    );
  const show = (found: Readonly<Record<string, string>>) => {
    for (const name of names) mark(name, found[name] ?? null);
  };
  return {
    errors,
    show,
    areRight() {
      const found = errors();
      show(found);
      const [first] = Object.keys(found);
      if (first !== undefined) inputOf(first)?.focus();
      return first === undefined;
    },
  };
}
