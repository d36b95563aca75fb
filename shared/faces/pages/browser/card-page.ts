import { cardChecks } from './card-checks.ts';
import { type CardInputs, dressCardInputs } from './card-inputs.ts';
import { checked } from './checks.ts';
import { sendOnce } from './send-once.ts';

/**
 * What the card page and the checkout do where scripts run: digits in groups, brands, checks when
 * a field is left, test cards to click. Without it the server checks alone.
 */
const card = document.querySelector<HTMLFormElement>('form[data-card]');

function input(name: string): HTMLInputElement {
  const found = document.getElementById(name);
  if (!(found instanceof HTMLInputElement)) throw new Error(`There is no field ${name}`);
  return found;
}

function startCardForm(form: HTMLFormElement): void {
  const inputs = { number: input('number'), expiry: input('expiry'), cvv: input('cvv') };
  const holder = input('holder');
  dressCardInputs(inputs);
  const checks = checked({
    ...cardChecks(inputs, form.dataset),
    holder: () => (holder.value.trim() === '' ? (form.dataset.holder ?? '') : null),
  });
  const choices = [...form.querySelectorAll<HTMLInputElement>('[name=card]')];
  const usesNew = () => choices.every((one) => one.checked === (one.value === 'new'));
  const fields = document.getElementById('new-card');
  const toggle = () => {
    if (fields !== null) fields.hidden = !usesNew();
  };
  for (const one of choices) one.addEventListener('change', toggle);
  toggle();
  fillTestCards(inputs, holder, () => {
    const other = choices.find((one) => one.value === 'new');
    if (other !== undefined) other.checked = true;
    toggle();
  });
  sendOnce(form, (action) => action === 'cancel' || !usesNew() || checks.areRight());
}

/** In the sandbox, a click on a test card fills it in. */
function fillTestCards(inputs: CardInputs, holder: HTMLInputElement, choose: () => void): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-pan]')) {
    button.addEventListener('click', () => {
      choose();
      const { pan = '', code = '' } = button.dataset;
      if (holder.value === '') holder.value = 'Test';
      const values: [HTMLInputElement, string][] = [
        [inputs.number, pan],
        [inputs.expiry, '12/34'],
        [inputs.cvv, code],
      ];
      for (const [field, value] of values) {
        field.value = value;
        field.dispatchEvent(new Event('input'));
        field.dispatchEvent(new Event('change'));
      }
      holder.dispatchEvent(new Event('change'));
      document.querySelector<HTMLButtonElement>('button[value=pay]')?.focus();
    });
  }
}

for (const form of document.forms) if (form !== card) sendOnce(form, () => true);
if (card !== null) startCardForm(card);
