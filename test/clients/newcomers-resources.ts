import type { Mistake } from './newcomers.ts';

const notValid = /is not valid/;

const mistake = (
  title: string,
  request: string,
  body: Record<string, unknown>,
  says: Mistake['says'],
): Mistake => ({ title, request, body, status: 400, says });

const CAMPAIGN = {
  description: 'Test',
  service_uuid: '$redsys',
  type: 'MAIL',
  expires_at: '2017-11-11',
  payments: [
    { amount: 100, operative: 'AUTHORIZATION', destination: 'jane@example.com', secure: false },
  ],
};

const campaign = (title: string, fields: Record<string, unknown>, says: Mistake['says']) =>
  mistake(title, 'POST /payment/moto/json', { ...CAMPAIGN, ...fields }, says);

const SUBSCRIPTION = {
  plan: 'plan',
  customer: 'customer',
  additional_data: { source_uuid: '$card', service: '$redsys' },
  total_payment_number: 3,
  payment_attempts_limit: 3,
};

const A_DAY = /a day to come as YYYY-MM-DD/;

/** What a newcomer gets wrong with what is beside orders and cards. */
export const resourceMistakes: readonly Mistake[] = [
  mistake(
    'an IBAN with a digit too many',
    'POST /payment-method/bank',
    { customer_ext_id: 'customer', account_holder: 'Jane', iban: 'ES90303500000700000002020' },
    [/Field iban/, notValid, /check digits are right, such as ES91/],
  ),
  mistake('no country', 'POST /customer/address', { external_id: 'customer' }, [
    /Field country/,
    /is required/,
    /three letters, such as ESP/,
  ]),
  mistake(
    'an address for a card in a list',
    'POST /colorlists/1F405EA3-9798-42A6-9E87-BD347EF67F55/items',
    { items: [{ type: 'IP', value: '999.1.1.1' }] },
    [/Field items\[0\]\.value/, notValid, /a value of the type IP/],
  ),
  campaign('a campaign that is over', {}, [/Field expires_at/, notValid, A_DAY]),
  campaign('a campaign until a time', { expires_at: '2027-11-11 10:00' }, [
    /Field expires_at/,
    notValid,
    A_DAY,
  ]),
  mistake(
    'a file for some day',
    'POST /batch/refunds',
    { data: 'T1JERVJfVVVJRCxBTU9VTlQK', filename: 'test.csv', execute_at: 'tomorrow' },
    [/Field execute_at/, notValid, /a time as YYYY-MM-DD HH:MM:SS/],
  ),
  mistake(
    'the year of the published example for a first payment',
    'POST /subscriptions/subscription',
    { ...SUBSCRIPTION, initial_date: '2019' },
    [/Field initial_date/, notValid, /a day as YYYY-MM-DD, or a time/],
  ),
  mistake(
    'a first payment long ago',
    'POST /subscriptions/subscription',
    { ...SUBSCRIPTION, initial_date: '2019-12-04' },
    [/Field initial_date/, notValid, /today or later/],
  ),
  mistake(
    'a payment by mail without a card',
    'POST /payment/moto',
    { order_uuid: '$order', method: 'MAIL' },
    [/Field source_uuid/, /is required/, /either the data of a card or the source_uuid/],
  ),
  mistake(
    'a payment by mail with two cards',
    'POST /payment/moto',
    { order_uuid: '$order', method: 'MAIL', source_uuid: '$card', card_pan: '4548812049400004' },
    [/Field card_pan/, notValid, /not both/],
  ),
];
