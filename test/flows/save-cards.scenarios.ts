import { expect } from 'vitest';
import { CARD, OTHER_PAN, type Scenario, saveCard, step, validated } from './scenario.ts';

const stored = {
  object: 'CARD',
  type: 'CREDIT',
  token: expect.stringMatching(/^[0-9a-f]{128}$/),
  brand: 'VISA',
  country: 'ES',
  holder: 'Jane Doe',
  bin: 454881,
  last4: '0004',
  is_saved: true,
  expire_month: '12',
  expire_year: '34',
  additional: null,
  validation_date: null,
  creation_date: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
};

/** Contract C.6, saveCard and saveCards. */
export const saveCardScenarios: Scenario[] = [
  {
    title: 'keeps a card',
    request: saveCard(),
    status: 200,
    body: { Customer: { external_id: '$customer' }, Source: stored },
  },
  {
    title: 'tolerates spaces, four-digit years, months without a zero and unknown fields',
    request: saveCard({
      card_pan: '4548 8120 4940 0004',
      card_expiry_year: 2034,
      card_expiry_month: 1,
      additional: 'Ángel/1',
      currency: 'EUR',
    }),
    status: 200,
    body: { Source: { expire_month: '01', expire_year: '34', additional: 'Ángel/1' } },
  },
  {
    title: 'reads the expiry in its other spelling, blanks around it',
    request: saveCard({
      card_expiry_month: undefined,
      card_expire_month: '3',
      card_expiry_year: undefined,
      card_expire_year: ' 2034 ',
    }),
    status: 200,
    body: { Source: { expire_month: '03', expire_year: '34' } },
  },
  {
    title: 'gives equal numbers of a merchant the same token and another uuid',
    before: [step('first', saveCard())],
    request: saveCard({ customer_ext_id: 'somebody-else' }),
    status: 200,
    body: { Source: { token: '$first.Source.token' } },
  },
  {
    title: 'keeps a card that pays nothing, when it is not validated',
    request: saveCard({ card_pan: OTHER_PAN }),
    status: 200,
    body: { Source: { last4: '1111', validation_date: null } },
  },
  {
    title: 'validates a card',
    request: saveCard({ ...validated, card_cvv: '987' }),
    status: 200,
    body: { Source: { validation_date: expect.stringMatching(/^\d{4}-/) } },
  },
  {
    title: 'refuses a card that fails its validation',
    request: saveCard({ ...validated, card_pan: OTHER_PAN }),
    status: 400,
    body: { details: 'Card validation refused: 0190' },
  },
  {
    title: 'refuses a wrong CVV and a past expiry with the codes of the service',
    request: saveCard({ validate: 1, service: '$services.paylands', card_cvv: '999' }),
    status: 400,
    body: { details: 'Card validation refused: 0129' },
  },
  {
    title: 'refuses a past expiry with the code of the service',
    request: saveCard({ ...validated, service: '$services.clearhaus', card_expiry_year: '20' }),
    status: 400,
    body: { details: 'Card validation refused: 40135' },
  },
  {
    title: 'refuses to validate without a service, or with an unknown one',
    request: saveCard({ validate: true }),
    status: 400,
    body: { details: 'Field service is required' },
  },
  {
    title: 'refuses to validate with an unknown service',
    request: saveCard({ validate: true, service: '$unknown' }),
    status: 400,
    body: { details: expect.stringMatching(/^Service not found: /) },
  },
  {
    title: 'refuses a number that fails the Luhn check, without repeating it',
    request: saveCard({ card_pan: '4548812049400005' }),
    status: 400,
    body: { details: 'Field card_pan is not valid' },
  },
  {
    title: 'keeps several cards in the order they came',
    request: {
      operation: 'saveCards',
      body: { cards: [CARD, { ...CARD, customer_ext_id: 'other', card_pan: OTHER_PAN }] },
    },
    status: 200,
    body: {
      cards: [
        { Customer: { external_id: '$customer' }, Source: { last4: '0004' } },
        { Customer: { external_id: 'other' }, Source: { last4: '1111' } },
      ],
    },
  },
  {
    title: 'names the card and the field that is wrong in a batch',
    request: {
      operation: 'saveCards',
      body: { cards: [CARD, { ...CARD, card_pan: '1' }] },
    },
    status: 400,
    body: { details: 'Field cards[1].card_pan is not valid' },
  },
];
