import { readExpiry } from '#faces/pages/rules/expiry.ts';
import { cardChecks } from './card-checks.ts';
import { dressCardInputs } from './card-inputs.ts';
import { checked } from './checks.ts';
import type { FrameErrors, FrameNews, FrameRequest } from './frame-messages.ts';

/**
 * What the card frame does (contract G): it waits for the shop's page to say "store", sends the
 * card to this server and tells the shop's page what it is known as from then on. It listens to
 * the page that framed it only, and answers nobody else.
 */
function start(form: HTMLFormElement): void {
  const { origin: shop = '', token = '' } = form.dataset;
  const tell = (news: FrameNews) => parent.postMessage(news, shop);
  const inputs = {
    number: input('cardPan'),
    expiry: input('cardExpiryDate'),
    cvv: input('cardCode'),
  };
  dressCardInputs(inputs);
  const { number, expiry, cvv } = cardChecks(inputs, form.dataset);
  const checks = checked({ cardPan: number, cardExpiryDate: expiry, cardCode: cvv });
  let isBusy = false;

  async function store(request: FrameRequest & { paylands: 'store' }): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    try {
      const answer = await fetch(form.action, { method: 'POST', body: bodyOf(request) });
      const json = await answer.json();
      if (answer.ok) {
        form.reset();
        inputs.number.dispatchEvent(new Event('input'));
        checks.show({});
        const { code, current_time, Source: source, Customer: customer } = json;
        tell({ paylands: 'savedCard', data: { code, current_time, source, customer } });
      } else if (json.errors) {
        checks.show(json.errors);
        tell({ paylands: 'error', data: named(json.errors) });
      } else {
        tell({ paylands: 'errorServer', data: { message: json.details || json.message } });
      }
    } catch {
      tell({ paylands: 'errorServer', data: { message: 'Network error' } });
    } finally {
      isBusy = false;
    }
  }

  function bodyOf({ validate, service, additional }: FrameRequest & { paylands: 'store' }) {
    const read = readExpiry(inputs.expiry.value);
    return new URLSearchParams({
      token,
      card_pan: inputs.number.value,
      card_expiry_month: read?.month ?? '',
      card_expiry_year: read?.year ?? '',
      card_cvv: inputs.cvv.value,
      lang: document.documentElement.lang,
      validate: String(validate),
      ...(service === undefined ? {} : { service }),
      ...(additional === undefined ? {} : { additional }),
    });
  }

  addEventListener('message', ({ source, origin, data }: MessageEvent<FrameRequest | null>) => {
    if (source !== parent || origin !== shop) return;
    if (data?.paylands === 'store') void store(data);
    if (data?.paylands !== 'validate') return;
    const errors = checks.errors();
    checks.show(errors);
    const valid = Object.keys(errors).length === 0;
    tell({ paylands: 'validation', data: { valid, ...named(errors) } });
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  const height = () => document.documentElement.scrollHeight;
  tell({ paylands: 'initiated', data: { height: height() } });
  new ResizeObserver(() => tell({ paylands: 'resized', data: { height: height() } })).observe(form);
}

function named(errors: Record<string, string>): FrameErrors {
  return { errors: Object.keys(errors), messages: errors };
}

function input(name: string): HTMLInputElement {
  const found = document.getElementById(name);
  if (!(found instanceof HTMLInputElement)) throw new Error(`There is no field ${name}`);
  return found;
}

const [form] = document.forms;
if (form !== undefined) start(form);
