import { expect } from 'vitest';
import { OTHER_PAN, type Scenario, saveCard, step } from './scenario.ts';

const ownCard = { source_uuid: '$card.Source.uuid', customer_ext_id: '$customer' };

const validate = (fields: object = {}) => ({
  operation: 'validateCard',
  body: { ...ownCard, service: '$services.redsys', ...fields },
});

const validatingCards: Scenario[] = [
  {
    title: 'validates with no unknown service',
    before: [step('card', saveCard())],
    request: validate({ service: '$unknown' }),
    status: 400,
    body: { details: 'Service not found' },
  },
  {
    title: 'validates a stored card',
    before: [step('card', saveCard())],
    request: validate({ source_uuid: '$card.Source.uuid|lower' }),
    status: 200,
    body: {
      Source: { uuid: '$card.Source.uuid', validation_date: expect.stringMatching(/^\d{4}-/) },
    },
  },
  ...['PUT', 'GET'].map((method) => ({
    title: `validates a stored card by ${method}`,
    before: [step('card', saveCard())],
    request: { ...validate(), route: `${method} /payment-method/card/validate` },
    status: 200,
  })),
  {
    title: 'refuses a stored card that fails',
    before: [step('card', saveCard({ card_pan: OTHER_PAN }))],
    request: validate(),
    status: 400,
    body: { details: 'Card validation refused: 0190' },
  },
  {
    title: 'does not validate an unknown card',
    request: validate({ source_uuid: '$unknown' }),
    status: 404,
    body: { details: expect.stringMatching(/^Card not found: /) },
  },
  {
    title: 'does not validate a card of another customer',
    before: [step('card', saveCard())],
    request: validate({ customer_ext_id: 'somebody-else' }),
    status: 404,
  },
];

const changingCards: Scenario[] = [
  {
    title: 'reads a card, in any case of its uuid',
    before: [step('card', saveCard({ additional: 'mine' }))],
    request: { operation: 'getCard', params: { uuid: '$card.Source.uuid|lower' } },
    status: 200,
    body: { Customer: { external_id: '$customer' }, Source: '$card.Source' },
  },
  ...['$unknown', 'nonsense'].map((uuid) => ({
    title: `does not read the card ${uuid}`,
    request: { operation: 'getCard', params: { uuid } },
    status: 404,
  })),
  {
    title: 'sets a description',
    before: [step('card', saveCard())],
    request: {
      operation: 'setCardAdditional',
      body: { source_uuid: '$card.Source.uuid', additional: 'work' },
    },
    status: 200,
    body: { Source: { additional: 'work' } },
  },
  {
    title: 'removes a description',
    before: [step('card', saveCard({ additional: 'old' }))],
    request: { operation: 'setCardAdditional', body: { source_uuid: '$card.Source.uuid' } },
    status: 200,
    body: { Source: { additional: null } },
  },
  {
    title: 'does not describe an unknown card',
    request: { operation: 'setCardAdditional', body: { source_uuid: '$unknown' } },
    status: 404,
  },
  {
    title: 'does not describe without a uuid',
    request: { operation: 'setCardAdditional', body: { additional: 'work' } },
    status: 400,
    body: { details: 'Field source_uuid is required' },
  },
  {
    title: 'deletes a card',
    before: [step('card', saveCard())],
    request: {
      operation: 'deleteCard',
      body: { card_uuid: '$card.Source.uuid|lower', customer_external_id: '$customer' },
    },
    status: 200,
    without: ['Source', 'Customer'],
  },
  {
    title: 'does not read a card that was deleted',
    before: [
      step('card', saveCard()),
      step('deleted', {
        operation: 'deleteCard',
        body: { card_uuid: '$card.Source.uuid', customer_external_id: '$customer' },
      }),
    ],
    request: { operation: 'getCard', params: { uuid: '$card.Source.uuid' } },
    status: 404,
  },
  {
    title: 'does not delete a card of another customer',
    before: [step('card', saveCard())],
    request: {
      operation: 'deleteCard',
      body: { card_uuid: '$card.Source.uuid', customer_external_id: 'somebody-else' },
    },
    status: 404,
    body: { details: expect.stringMatching(/^Card not found: /) },
  },
  {
    title: 'does not delete without a customer',
    before: [step('card', saveCard())],
    request: { operation: 'deleteCard', body: { card_uuid: '$card.Source.uuid' } },
    status: 400,
    body: { details: 'Field customer_external_id is required' },
  },
];

/** Contract C.6, stored cards. */
export const cardScenarios: Scenario[] = [...validatingCards, ...changingCards];
