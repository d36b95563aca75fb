/**
 * JSON as PHP's `json_encode` writes it: `/` as `\/` (a setting, contract B.4) and everything
 * beyond ASCII as `\uXXXX`. It reads back as the text that the validation hash is computed over.
 */
export function phpJson(value: unknown, escapeSlashes: boolean): string {
  const ascii = JSON.stringify(value).replace(NON_ASCII, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return escapeSlashes ? ascii.replaceAll('/', '\\/') : ascii;
}

/** Single UTF-16 code units, so that a surrogate pair becomes two escapes. */
const NON_ASCII = /[\u0080-\uffff]/g;
