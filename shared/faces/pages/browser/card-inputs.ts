import { grouped, kindOf } from '#faces/pages/rules/card-number.ts';
import { typedExpiry } from '#faces/pages/rules/expiry.ts';

/** The fields of a card, whatever form they stand in. */
export interface CardInputs {
  number: HTMLInputElement;
  expiry: HTMLInputElement;
  cvv: HTMLInputElement;
}

/** The digits of a text. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** Groups the digits of a card as they are typed in and shows which of the brands it is. */
export function dressCardInputs({ number, expiry, cvv }: CardInputs): void {
  number.addEventListener('input', () => {
    group(number);
    const kind = kindOf(digitsOf(number.value));
    cvv.maxLength = kind?.codeDigits ?? 4;
    showBrand(kind?.type ?? null, kind?.name ?? '');
  });
  expiry.addEventListener('input', (event) => {
    const isDeleted = event instanceof InputEvent && event.inputType.startsWith('delete');
    if (!isDeleted) expiry.value = typedExpiry(expiry.value);
  });
}

/** Leaves the caret behind the digit that it stood behind. */
function group(number: HTMLInputElement): void {
  const caret = number.selectionStart ?? number.value.length;
  const before = digitsOf(number.value.slice(0, caret)).length;
  const digits = digitsOf(number.value);
  number.value = grouped(digits.slice(0, kindOf(digits)?.maxDigits ?? 19));
  let at = 0;
  for (let seen = 0; seen < before && at < number.value.length; at += 1) {
    if (number.value[at] !== ' ') seen += 1;
  }
  if (document.activeElement === number) number.setSelectionRange(at, at);
}

function showBrand(type: string | null, name: string): void {
  for (const mark of document.querySelectorAll<SVGElement>('[data-brand]')) {
    mark.classList.toggle('dim', type !== null && mark.dataset.brand !== type);
  }
  const spoken = document.getElementById('brand');
  if (spoken !== null && spoken.textContent !== name) spoken.textContent = name;
}
