import { isBizumPhone } from '#faces/pages/rules/phone.ts';
import { checked } from './checks.ts';
import { sendOnce } from './send-once.ts';

/** What the Bizum page does where scripts run: it checks the telephone before it is sent. */
const phone = document.getElementById('phone');

if (phone instanceof HTMLInputElement && phone.form !== null) {
  const { form } = phone;
  const { wrong = '', sandbox } = form.dataset;
  const checks = checked({
    phone: () => (isBizumPhone(phone.value, sandbox !== undefined) ? null : wrong),
  });
  sendOnce(form, (action) => action === 'cancel' || checks.areRight());
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-phone]')) {
    button.addEventListener('click', () => {
      phone.value = button.dataset.phone ?? '';
      phone.dispatchEvent(new Event('change'));
    });
  }
}
