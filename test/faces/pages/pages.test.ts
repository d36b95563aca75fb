import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textOn } from '#faces/pages/views/accent.ts';
import { bizumPage } from '#faces/pages/views/bizum-page.ts';
import { readCard } from '#faces/pages/views/card-form.ts';
import { cardPage } from '#faces/pages/views/card-page.ts';
import { checkoutPage } from '#faces/pages/views/checkout-page.ts';
import { framePage } from '#faces/pages/views/frame-page.ts';
import { html } from '#faces/pages/views/html.ts';
import { languageFor } from '#faces/pages/views/language.ts';
import { ca } from '#faces/pages/views/languages/ca.ts';
import { de } from '#faces/pages/views/languages/de.ts';
import { en } from '#faces/pages/views/languages/en.ts';
import { es } from '#faces/pages/views/languages/es.ts';
import { fr } from '#faces/pages/views/languages/fr.ts';
import { pt } from '#faces/pages/views/languages/pt.ts';
import { fill, money } from '#faces/pages/views/locale.ts';
import { PLAIN_LOOK } from '#faces/pages/views/look.ts';
import { resultPage } from '#faces/pages/views/result-page.ts';
import { testCardsFor } from '#faces/pages/views/test-cards.ts';
import type { OrderView } from '#faces/pages/views/view.ts';
import { DEFAULT_TEMPLATE, MAX_LOGO_CHARACTERS } from '#ledger/core/template.ts';
import { CHECKOUT_METHODS } from '#ledger/orders/checkout.ts';
import { LINK_WORDS } from '#messages/link-words.ts';
import { NOW_MS, newOrder } from '#test/support/orders.ts';

const EUR = { code: 'EUR', digits: 2 };

test('a template escapes every value, and markup is not escaped twice', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const page = html`<p title="${text}">${text}${html`<b>${text}</b>`}</p>`.text;
      expect(page.match(/</g)).toHaveLength(4);
      expect(page.match(/"/g)).toHaveLength(2);
    }),
  );
  expect(html`${null}${[html`<i>`, html`</i>`]}${5}`.text).toBe('<i></i>5');
});

test('no field of an order can break out of its page', () => {
  const evil = `"><script>alert(1)</script>'`;
  const { html: page } = cardPage(
    {
      order: newOrder({ description: evil }),
      merchant: evil,
      isSandbox: true,
      look: PLAIN_LOOK,
      framedBy: [],
      timeZone: 'Europe/Madrid',
      testCards: [],
      template: { ...DEFAULT_TEMPLATE, logo: evil },
      language: languageFor('es'),
      attempt: 'a'.repeat(32),
    },
    [],
    { errors: { holder: evil }, values: { holder: evil, expiry: evil } },
  );
  expect(page.match(/<script>/g)).toHaveLength(1);
  expect(page).not.toContain('alert(1)</script>');
});

describe('a page with the largest logo weighs less than 40 KB', () => {
  const view: OrderView = {
    order: newOrder(),
    merchant: 'Shop',
    isSandbox: true,
    look: PLAIN_LOOK,
    framedBy: ['https://shop.example'],
    timeZone: 'Europe/Madrid',
    testCards: testCardsFor(newOrder()),
    template: { ...DEFAULT_TEMPLATE, logo: 'x'.repeat(MAX_LOGO_CHARACTERS) },
    language: languageFor('de'),
    attempt: 'a'.repeat(32),
  };
  const framed = {
    token: 'x'.repeat(128),
    origin: 'https://shop.example',
    framedBy: [],
    action: '/',
  };
  const pages = {
    card: () => cardPage(view, []),
    checkout: () => checkoutPage(view, [], CHECKOUT_METHODS, '/'),
    Bizum: () => bizumPage(view, ''),
    result: () => resultPage(view, 'success'),
    frame: () => framePage({ ...view, ...framed }),
  };

  test.each(Object.entries(pages))('%s', (_, page) => {
    expect(Buffer.byteLength(page().html)).toBeLessThan(40 * 1024);
  });
});

test('the sandbox has a card for each thing that can become of an order', () => {
  const service = { uuid: '', type: 'PAYLANDS', terminal: null };
  const uses = (fields: object) => testCardsFor(newOrder(fields)).map(({ use }) => use);
  expect(uses({ service, secure: false }).toSorted()).toEqual([
    'approved',
    'authentication_required',
    'partially_approved',
    'refused',
  ]);
  expect(uses({ service, secure: true }).toSorted()).toEqual(['approved', 'confirmed', 'refused']);
  expect(uses({ service: { ...service, type: 'UNKNOWN' } })).toEqual([]);
});

describe('languages', () => {
  test('have every text, with the same placeholders', () => {
    const placeholders = (value: unknown): unknown =>
      typeof value === 'string'
        ? (value.match(/\{\w+\}/g) ?? []).toSorted()
        : Object.fromEntries(
            Object.entries(value as object).map(([name, inner]) => [name, placeholders(inner)]),
          );
    for (const words of [ca, de, en, fr, pt]) expect(placeholders(words)).toEqual(placeholders(es));
    for (const words of Object.values(LINK_WORDS)) {
      expect(placeholders(words)).toEqual(placeholders(LINK_WORDS.es));
    }
  });

  test.each([
    [['en', 'es-ES'], 'en'],
    [['xx', 'en-GB,es;q=0.5'], 'en'],
    [[undefined, 'it-IT, en;q=0.3, es;q=0.7'], 'es'],
    [[undefined, 'ca'], 'ca'],
    [[undefined, 'fr-CH'], 'fr'],
    [['pt_BR'], 'pt'],
    [[undefined, 'de-AT, en'], 'de'],
    [[undefined, undefined, 'en'], 'en'],
    [['__proto__', 'constructor'], 'es'],
    [[], 'es'],
  ])('of %j is %s', (wanted, code) => {
    expect(languageFor(...wanted).code).toBe(code);
  });

  test('fill texts and write amounts exactly', () => {
    expect(fill('{a} {b}', { a: '{b}' })).toBe('{b} {b}');
    expect(money(1050, EUR, 'en')).toBe('€10.50');
    expect(money(5, EUR, 'en')).toBe('€0.05');
    expect(money(2147483647, EUR, 'en')).toBe('€21,474,836.47');
    expect(money(1050, { code: 'JPY', digits: 0 }, 'en')).toBe('¥1,050');
    expect(money(1, { code: 'KWD', digits: 3 }, 'en')).toContain('0.001');
  });
});

test('the text on any accent can be read', () => {
  const luminance = (hex: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (colour) => {
      const accent = `#${colour.toString(16).padStart(6, '0')}`;
      const [one = 0, other = 0] = [luminance(accent), luminance(textOn(accent))].toSorted();
      expect((other + 0.05) / (one + 0.05)).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

describe('a card form', () => {
  const fields = { holder: 'Jane', number: '4548 8120-4940 0004', expiry: '12/34', cvv: '123' };
  const read = (changes: object) => readCard({ ...fields, ...changes }, en, NOW_MS);

  test.each(['12/34', '1234', '12 / 2034', ' 12/34 '])('takes the expiry %j', (expiry) => {
    expect(read({ expiry })).toMatchObject({ entry: { expiryMonth: '12', expiryYear: '34' } });
  });

  test('takes what was typed in', () => {
    expect(read({ save: 'on' })).toEqual({
      entry: {
        holder: 'Jane',
        number: { pan: '4548812049400004', cvv: '123' },
        expiryMonth: '12',
        expiryYear: '34',
        additional: null,
        origin: 'PAYMENT_CARD',
        saved: true,
      },
    });
  });

  test.each([
    [{ holder: ' ' }, { holder: en.errors.holder }],
    [{ number: '4548812049400005' }, { number: en.errors.number }],
    [{ number: '4' }, { number: en.errors.number }],
    [{ expiry: '13/34' }, { expiry: en.errors.expiry }],
    [{ expiry: '' }, { expiry: en.errors.expiry }],
    [{ expiry: '10/26' }, { expiry: en.errors.expired }],
    [{ cvv: '12' }, { cvv: en.errors.cvv }],
    [{ cvv: 'abc' }, { cvv: en.errors.cvv }],
  ])('says what is wrong with %j', (changes, errors) => {
    expect(read(changes)).toMatchObject({ problems: { errors } });
    expect(JSON.stringify(read(changes))).not.toContain('4548');
  });

  test('is good until the end of the month of expiry', () => {
    expect(read({ expiry: '11/26' })).toHaveProperty('entry');
  });

  test('never throws, whatever is typed in', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(fields)), fc.string()), (typed) => {
        readCard(typed, es, NOW_MS);
      }),
    );
  });
});
