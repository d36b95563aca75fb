import { expect } from 'vitest';
import {
  CARD,
  createOrder,
  directPayment,
  OTHER_PAN,
  payable,
  type Scenario,
  saveCard,
  step,
  validated,
} from './scenario.ts';

/** The live facts of contract C.6: two validated saves of one number, one of another without. */
const threeCards = [
  step('first', saveCard(validated)),
  step('second', saveCard(validated)),
  step('third', saveCard({ card_pan: OTHER_PAN })),
];

const cardsOf = (suffix: string) => ({
  operation: 'listCustomerCards',
  params: { customer_ext_id: '$customer' },
  suffix,
});

const listed = (...names: string[]) => ({
  cards: names.map((name) => ({ uuid: `$${name}.Source.uuid` })),
});

/** Contract C.6, listCustomerCards. */
export const listCardScenarios: Scenario[] = [
  {
    title: 'lists validated cards, oldest first',
    before: threeCards,
    request: cardsOf(''),
    status: 200,
    body: listed('first', 'second'),
    without: ['Customer'],
  },
  {
    title: 'lists all cards',
    before: threeCards,
    request: cardsOf('?status=ALL&unique=false'),
    status: 200,
    body: listed('first', 'second', 'third'),
  },
  {
    title: 'lists one card per number',
    before: threeCards,
    request: cardsOf('?status=ALL&unique=true'),
    status: 200,
    body: { cards: [{ last4: '0004' }, { last4: '1111', is_blacklisted: false }] },
  },
  {
    title: 'lists one validated card per number',
    before: threeCards,
    request: cardsOf('/?status=VALIDATED&unique=true'),
    status: 200,
    body: { cards: [{ last4: '0004', tokenization_service_uuid: '$services.redsys' }] },
  },
  {
    title: 'lists one entry per payment',
    before: [
      ...payable(),
      step('charge', directPayment()),
      step('order', createOrder()),
      step('again', directPayment()),
    ],
    request: cardsOf(''),
    status: 200,
    body: { cards: [{ uuid: '$card.Source.uuid' }, { token: '$card.Source.token' }] },
  },
  {
    title: 'lists the cards of a customer that is an e-mail address',
    before: [step('card', saveCard({ customer_ext_id: 'jane+1@example.com' }))],
    request: {
      ...cardsOf('?status=ALL'),
      params: { customer_ext_id: 'jane+1@example.com' },
    },
    status: 200,
    body: { cards: [{ uuid: '$card.Source.uuid' }] },
  },
  {
    title: 'lists nothing of a customer without cards',
    before: [step('customer', { operation: 'createCustomer', body: { customer_ext_id: 'bare' } })],
    request: { ...cardsOf(''), params: { customer_ext_id: 'bare' } },
    status: 200,
    body: { cards: [] },
  },
  {
    title: 'does not list an unknown customer',
    request: cardsOf(''),
    status: 404,
    body: { details: expect.stringMatching(/^Customer not found: /) },
  },
  {
    title: 'refuses a filter that it does not know',
    before: [step('card', saveCard())],
    request: cardsOf('?status=SOME'),
    status: 400,
    body: { details: 'Field status is not valid' },
  },
  {
    title: 'keeps a card that failed its validation as not validated',
    before: [{ ...step('refused', saveCard({ ...validated, card_pan: OTHER_PAN })), mayBe: 400 }],
    request: cardsOf('?status=ALL'),
    status: 200,
    body: { cards: [{ last4: '1111', validation_date: null }] },
  },
  {
    title: 'keeps none of a batch when one is wrong',
    before: [
      {
        ...step('refused', {
          operation: 'saveCards',
          body: { cards: [CARD, { ...CARD, validate: true, service: '$unknown' }] },
        }),
        mayBe: 400,
      },
    ],
    request: cardsOf('?status=ALL'),
    status: 404,
  },
];
