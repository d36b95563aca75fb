import { expect } from 'vitest';
import { saveBank } from './banks.scenarios.ts';
import { type Scenario, type ScenarioRequest, saveCard, step, validated } from './scenario.ts';

/** `$reference` serves as the name of another customer. */
const move = (source: string, fields: object = {}): ScenarioRequest => ({
  operation: 'updateSourceExternalId',
  params: { source_uuid: source },
  body: { old_external_id: '$customer', new_external_id: '$reference', ...fields },
});

const CARD = '$card.Source.uuid';
const BANK = '$bank.Source.uuid';
const card = step('card', saveCard(validated));
const bank = step('bank', saveBank());

const cardsOf = (customer: string): ScenarioRequest => ({
  operation: 'listCustomerCards',
  params: { customer_ext_id: customer },
});
const banksOf = (customer: string): ScenarioRequest => ({
  operation: 'listCustomerBanks',
  params: { customer_ext_id: customer },
});

/** Contract C.8. */
export const ownerScenarios: Scenario[] = [
  {
    title: 'moves a card to a customer who is new',
    before: [card],
    request: move(CARD),
    status: 200,
  },
  {
    title: 'a moved card is listed with its new owner',
    before: [card, step('moved', move(CARD))],
    request: cardsOf('$reference'),
    status: 200,
    body: { cards: [{ uuid: CARD }] },
  },
  {
    title: 'a moved card is not listed with its old owner',
    before: [card, step('moved', move(CARD))],
    request: cardsOf('$customer'),
    status: 200,
    body: { cards: [] },
  },
  {
    title: 'a moved bank account is listed with its new owner',
    before: [bank, step('moved', move(BANK))],
    request: banksOf('$reference'),
    status: 200,
    body: { banks: [{ uuid: BANK }] },
  },
  {
    title: 'a moved bank account is not listed with its old owner',
    before: [bank, step('moved', move(BANK))],
    request: banksOf('$customer'),
    status: 200,
    body: { banks: [] },
  },
  {
    title: 'a moved bank account keeps its uuid',
    before: [bank, step('moved', move(BANK))],
    request: { operation: 'getBank', params: { uuid: BANK } },
    status: 200,
    body: { bank: { uuid: BANK } },
  },
  {
    title: 'a bank account can be moved back',
    before: [bank, step('moved', move(BANK))],
    request: move(BANK, { old_external_id: '$reference', new_external_id: '$customer' }),
    status: 200,
  },
  {
    title: 'moves nothing from who has it to the same',
    before: [bank],
    request: move(BANK, { new_external_id: '$customer' }),
    status: 200,
  },
  {
    title: 'moves nothing from who does not have it',
    before: [card],
    request: move(CARD, { old_external_id: '$reference' }),
    status: 404,
    body: { details: expect.stringMatching(/^Source not found: /) },
  },
  { title: 'moves nothing unknown', before: [card], request: move('$unknown'), status: 404 },
  {
    title: 'moves nothing to nobody',
    before: [card],
    request: move(CARD, { new_external_id: '', old_external_id: null }),
    status: 400,
    body: {
      details: 'Field old_external_id is not valid, Field new_external_id is not valid',
    },
  },
];
