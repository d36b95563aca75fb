import { expect } from 'vitest';
import { type Scenario, saveCard, step } from './scenario.ts';

const before = [step('card', saveCard())];
const HEADER = ['AMOUNT', 'CARD', 'CUSTOMER_EXTERNAL_ID', 'SERVICE'];
const ROW = ['12035', '$card.Source.uuid', '$customer', '$services.redsys'];

/** The files of the published examples (contract F.2, F.3), as they are printed. */
const PUBLISHED = {
  authorizations:
    'QU1PVU5ULENBUkQsQ1VTVE9NRVJfRVhURVJOQUxfSUQsU0VSVklDRSxBRERJVElPTkFMLFVSTF9QT1NUDQoxMjAzNSxFNzZBNTdGRi00REJDLTRBM0QtQjZFMy0wNTIwRThCMTNFM0YsMzA4LDExNEFCNDI0LTAyM0ItNEUxMy',
  refunds:
    'T1JERVJfVVVJRCxBTU9VTlQKMjY3Njk3NjMtQTJDOS00QUI4LTgwRDQtOTVERDgyNEUzNzVBLDEKMjY3Njk3NjMtQTJDOS00QUI4LTgwRDQtOTVERDgyNEUzNzVBLDIKMjY3Njk3NjMtQTJDOS00QUI4LTgwRDQtOTVERDgyNEUzNzVBLDMyMjIyCg==',
};

type Name = 'batchAuthorizations' | 'batchRefunds';

const file = (operation: Name, data: unknown, fields: object = {}) => ({
  operation,
  body: { data, filename: 'test.csv', execute_at: '$tomorrow', ...fields },
});

const payments = (...rows: unknown[][]) => ({ $csv: [HEADER, ...rows] });
const refunds = (...rows: unknown[][]) => ({ $csv: [['ORDER_UUID', 'AMOUNT'], ...rows] });

const sentTwice = (operation: Name, data: unknown): Scenario => ({
  title: 'refuses a file that it has',
  withoutKey: true,
  before: [...before, step('first', file(operation, data))],
  request: file(operation, data, { filename: 'again.csv' }),
  status: 409,
  body: { details: expect.stringMatching(/^File already received as batch [0-9A-F-]{36}: /) },
});

const unreadable = (operation: Name): Scenario[] =>
  [
    { problem: 'it is not base64', data: '%%%' },
    { problem: 'it has no column AMOUNT', data: btoa(`${HEADER.slice(1)},ORDER_UUID\n1,2`) },
    { problem: 'it has no rows', data: { $csv: [[...HEADER, 'ORDER_UUID']] } },
    {
      problem: 'it is a ZIP archive or an Excel workbook, not CSV text',
      data: btoa('PK\u0003\u0004...'),
    },
  ].map(({ problem, data }) => ({
    title: `says of a file that ${problem}`,
    before,
    request: file(operation, data),
    status: 400,
    body: { details: `Field data is not valid: ${problem}` },
  }));

/** Contract C.10. */
export const batchScenarios: Scenario[] = [
  {
    title: 'keeps a file of payments',
    before,
    request: file('batchAuthorizations', payments(ROW)),
    status: 200,
    body: { errors: [] },
  },
  {
    title: 'says what is wrong with rows',
    before,
    request: file(
      'batchAuthorizations',
      payments(
        ROW,
        ['1.50', '$card.Source.uuid', '$customer', '$services.redsys'],
        ['100', '$unknown', '$customer', '$services.redsys'],
        ['100', '$card.Source.uuid', 'somebody-else', '$services.redsys'],
        ['=1+1', '', '$customer', '$unknown'],
      ),
    ),
    status: 200,
    body: {
      errors: [
        { line: '3', msg: 'Invalid amount' },
        { line: '4', msg: 'Invalid card' },
        { line: '5', msg: 'Invalid card' },
        { line: '6', msg: 'Invalid amount, Missing card' },
      ],
    },
  },
  {
    title: 'says that the published example is cut off',
    request: file('batchAuthorizations', PUBLISHED.authorizations, { execute_at: null }),
    status: 200,
    body: { errors: [{ line: '2', msg: 'Invalid service' }] },
  },
  {
    title: 'keeps a file for later, whatever its form',
    before,
    request: file('batchRefunds', refunds(['$unknown', '1'], ['$unknown', '2'])),
    status: 200,
    body: { errors: [] },
  },
  {
    title: 'takes the published example',
    request: file('batchRefunds', `data:text/csv;base64,${PUBLISHED.refunds}`),
    status: 200,
    body: { errors: [] },
  },
  {
    title: 'refuses a date that does not exist',
    before,
    request: file('batchRefunds', refunds(['$unknown', '1']), {
      execute_at: '2027-02-29 00:00:00',
    }),
    status: 400,
    body: { details: 'Field execute_at is not valid' },
  },
  ...unreadable('batchAuthorizations'),
  ...unreadable('batchRefunds'),
  sentTwice('batchAuthorizations', payments(ROW)),
  sentTwice('batchRefunds', refunds(['$unknown', '1'])),
];
