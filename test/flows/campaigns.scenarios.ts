import { expect } from 'vitest';
import { type Scenario, type Step, saveCard, step } from './scenario.ts';

/** The file of the published example (contract F.1), as it is printed. */
const PUBLISHED =
  'data:text/csv;base64,QU1PVU5ULE9QRVJBVElWRSxERVNUSU5BVElPTixDVVNUT01FUl9FWFRfSUQsQURESVRJT05BTCxTRUNVUkUsVVJMX1BPU1QsVVJMX09LLFVSTF9LTyxDQVJEX1RFTVBMQVRFLE1PVE9fVEVNUExBVEUsRENDX1RFTVBMQVRFCjEsREVGRVJSRUQsc3VjY2Vzc0BzaW11bGF0b3IuYW1hem9uc2VzLmNvbSxleHRlcm5hbElELGFkZGl0aW9uYWwsRkFMU0UsaHR0cDovL3VybC5wb3N0LGh0dHA6Ly91cmwub2ssaHR0cDovL3VybC5rbyxDRDVGMzU0MC1CMkNCLTRDNjctQUU2Qi1GNzZFRDkzREU2QzEsRUVCRjEwMjItNkRCMi00NURCLTgxN0QtQTg3QjA5QUU4NDFCLDQwMTExRkU4LTlCMzItNDNFMy1BNEFFLTk3QzdCRTZEMTlDNQ==';

const CAMPAIGN = {
  description: 'Campaña de Navidad 2019',
  expires_at: '$nextMonth',
  service_uuid: '$services.redsys',
  subject: 'Navidad 2019',
  type: 'MAIL',
};

const PAYMENT = {
  amount: '4700',
  operative: 'AUTHORIZATION',
  destination: 'jane@example.com',
  secure: 'FALSE',
};

const inFile = (file: unknown, fields: object = {}) => ({
  operation: 'createMotoCampaignCsv',
  body: { ...CAMPAIGN, file, filename: 'test.csv', ...fields },
});

const inJson = (payments: unknown, fields: object = {}) => ({
  operation: 'createMotoCampaignJson',
  body: { ...CAMPAIGN, payments, ...fields },
});

const ROWS = [
  ['DESTINATION', 'AMOUNT', 'OPERATIVE', 'SECURE'],
  ['jane@example.com', '4700', 'AUTHORIZATION', 'false'],
];

const created: Step[] = [
  step('campaign', inJson([PAYMENT, { ...PAYMENT, customer_ext_id: '$customer' }])),
];

const certificate = (uuid: string) => ({
  operation: 'getMotoCertificate',
  params: { moto_payment_uuid: uuid },
});

/** Its links are sent one after the other. */
const sent: Step[] = [0, 1].map((index) => ({
  ...step(`sent${index}`, certificate(`$campaign.payments.${index}.uuid`)),
  patiently: true,
}));

const orders = (uuid: string) => ({
  operation: 'getMotoOrders',
  params: { moto_detail_uuid: uuid },
});

const refused = (title: string, request: Scenario['request'], details: string): Scenario => ({
  title,
  before: [step('card', saveCard())],
  request,
  status: 400,
  body: { details },
});

/** Contract C.9. */
export const campaignScenarios: Scenario[] = [
  {
    title: 'sends the links of a file',
    request: inFile({
      $csv: [
        ['DESTINATION', 'AMOUNT', 'OPERATIVE', 'SECURE', 'URL_POST'],
        ['lchessell0@fastcompany.com', '47', 'AUTHORIZATION', 'false', 'http://wikimedia.org'],
        ['jane@example.com', '48', 'DEFERRED', 'TRUE', ''],
      ],
    }),
    status: 200,
    body: {
      detail: {
        description: 'Campaña de Navidad 2019',
        type: 'MAIL',
        status: 'PENDING',
        entry: 'WEBSERVICE',
        subject: 'Navidad 2019',
        filename: 'test.csv',
        error: null,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
        expiresAt: expect.stringMatching(/ 00:00:00$/),
      },
      payments: [
        {
          line: 2,
          status: 'PENDING',
          amount: 47,
          operative: 'AUTHORIZATION',
          secure: false,
          destination: 'lchessell0@fastcompany.com',
          externalID: null,
          urlPost: 'http://wikimedia.org',
          urlOk: null,
          moToTemplate: null,
        },
        { line: 3, operative: 'DEFERRED', secure: true },
      ],
    },
  },
  {
    title: 'takes the published example',
    request: inFile(PUBLISHED),
    status: 200,
    body: {
      payments: [
        {
          line: 2,
          amount: 1,
          operative: 'DEFERRED',
          secure: false,
          destination: 'success@simulator.amazonses.com',
          externalID: 'externalID',
          additional: 'additional',
          urlKo: 'http://url.ko',
          cardTemplate: 'CD5F3540-B2CB-4C67-AE6B-F76ED93DE6C1',
          moToTemplate: 'EEBF1022-6DB2-45DB-817D-A87B09AE841B',
          dccTemplate: '40111FE8-9B32-43E3-A4AE-97C7BE6D19C5',
        },
      ],
    },
  },
  refused(
    'knows no other service in a file',
    inFile({ $csv: ROWS }, { service_uuid: '$unknown' }),
    'Service not found',
  ),
  refused(
    'knows no other service in a list',
    inJson([PAYMENT], { service_uuid: '$unknown' }),
    'Service not found',
  ),
  refused(
    'sends nothing when a line is not valid',
    inFile({
      $csv: [
        ['DESTINATION', 'AMOUNT', 'OPERATIVE', 'SECURE', 'SOURCE_UUID'],
        ['jane@example.com', '1.50', 'PAYOUT', 'maybe', ''],
        ['jane@example.com', '100', 'DEFERRED', 'true', ''],
        ['', '100', 'DEFERRED', 'true', ''],
      ],
    }),
    'Field file is not valid: line 2: Invalid amount, Invalid operative, Invalid secure; line 4: Missing destination',
  ),
  refused(
    'sends no mail to a telephone, and pays with no card of somebody else',
    inFile({
      $csv: [
        ['DESTINATION', 'AMOUNT', 'OPERATIVE', 'SECURE', 'SOURCE_UUID', 'CUSTOMER_EXT_ID'],
        ['+34600000000', '100', 'DEFERRED', 'true', '$unknown', ''],
        ['jane@example.com', '100', 'DEFERRED', 'true', '$card.Source.uuid', 'somebody-else'],
      ],
    }),
    'Field file is not valid: line 2: Invalid destination, Invalid source_uuid; line 3: Invalid source_uuid',
  ),
  {
    title: 'takes one payment, as in the published example',
    request: inJson({ ...PAYMENT, destination: '+34600000000' }, { type: 'PHONE', subject: null }),
    status: 200,
    body: { detail: { type: 'PHONE', subject: null }, payments: [{ line: 1 }] },
  },
  {
    title: 'sends the links of a list',
    before: [step('card', saveCard())],
    request: inJson([
      PAYMENT,
      { ...PAYMENT, amount: 5, source_uuid: '$card.Source.uuid', customer_ext_id: '$customer' },
    ]),
    status: 200,
    body: {
      detail: { filename: null, status: 'PENDING' },
      payments: [
        { line: 1, amount: 4700 },
        { line: 2, amount: 5 },
      ],
    },
  },
  {
    title: 'takes the names that files and answers have, and the types of a former SDK',
    request: inJson(
      [
        {
          AMOUNT: 5,
          OPERATIVE: 'DEFERRED',
          DESTINATION: 'counter 1',
          SECURE: 1,
          URL_KO: 'http://url.ko',
        },
        { ...PAYMENT, externalID: 'user42', urlPost: 'http://url.post', urlOk: 'http://url.ok' },
      ],
      { type: 'MANUAL' },
    ),
    status: 200,
    body: {
      detail: { type: 'CUSTOM_DELIVERY' },
      payments: [
        { amount: 5, operative: 'DEFERRED', secure: true, urlKo: 'http://url.ko' },
        { externalID: 'user42', urlPost: 'http://url.post', urlOk: 'http://url.ok' },
      ],
    },
  },
  {
    title: 'takes SMS for PHONE',
    request: inJson({ ...PAYMENT, destination: '+34600000000' }, { type: 'SMS', subject: null }),
    status: 200,
    body: { detail: { type: 'PHONE' } },
  },
  refused(
    'refuses a campaign that is over',
    inJson([PAYMENT], { expires_at: '2017-11-11' }),
    'Field expires_at is not valid',
  ),
  refused(
    'refuses a date that does not exist',
    inJson([PAYMENT], { expires_at: '2027-02-30' }),
    'Field expires_at is not valid',
  ),
  refused(
    'refuses a sender that is longer than an SMS shows',
    inJson({ ...PAYMENT, destination: '+34600000000' }, { type: 'PHONE', subject: 'x'.repeat(12) }),
    'Field subject is not valid: an SMS takes 11 characters of it',
  ),
  {
    title: 'knows the orders of a campaign',
    before: [...created, ...sent],
    request: orders('$campaign.detail.uuid'),
    status: 200,
  },
  { title: 'does not know an unknown campaign', request: orders('$unknown'), status: 404 },
  {
    title: 'certifies a link that was sent',
    before: [...created, ...sent],
    request: certificate('$campaign.payments.0.uuid'),
    status: 200,
    // The first characters of a PDF of version 1.6.
    body: { certificate: expect.stringMatching(/^JVBERi0xLjY/) },
  },
  {
    title: 'certifies nothing that the merchant delivers itself',
    before: [step('campaign', inJson([PAYMENT], { type: 'CUSTOM_DELIVERY' }))],
    request: certificate('$campaign.payments.0.uuid'),
    status: 400,
    body: { details: 'MoTo payment has no certificate' },
  },
  { title: 'does not certify an unknown payment', request: certificate('$unknown'), status: 404 },
];
