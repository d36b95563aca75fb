import { PAYLANDS_FIELDS } from './paylands.ts';
import { type FieldTexts, inEach, sameAs } from './texts.ts';

const SECONDS = '`YYYY-MM-DD HH:MM:SS` in Madrid';
const OFFSET = 'Madrid time with its offset: `2026-11-21T12:30:00+0100`.';

const API_KEYS: FieldTexts = {
  'getMyApiKeyProfiles.profiles': 'What the API key may do; `all` is everything.',
  'listApiKeyProfiles.profiles': 'The profiles that an API key can have.',
  is_pci: 'Whether the API key may send the numbers of cards.',
};

/** Contract J. */
const CLIENT: FieldTexts = {
  'getClientResources.services': 'The services of the merchant.',
  ...inEach(['services[]', '[]'], {
    name: 'The type of its provider, with its currency: `REDSYS (EUR)`.',
    type: "The type of the service's provider, such as `REDSYS`.",
    enabled: 'Always true.',
  }),
  checkouts: 'The pages with all ways to pay: a merchant has one.',
  'checkouts[].uuid': 'The UUID of the merchant, which names its page.',
  googlePay: 'Google Pay.',
  applePay: 'Apple Pay.',
  ...inEach(['googlePay', 'applePay'], { enabled: 'Whether a service of the merchant takes it.' }),
};

/** Contract C.4. */
const LISTED_TRANSACTIONS: FieldTexts = {
  count: 'How many transactions this page has.',
  next_offset: 'The `offset` of the next page; absent on the last one.',
  'listTransactions.transactions': 'The transactions, newest first; their names are in camel case.',
  transactionUUID: 'The UUID of the transaction.',
  orderUUID: 'The UUID of the order that it belongs to.',
};

/** Contract C.5. */
const CUSTOMERS: FieldTexts = {
  customer: 'Whose it is.',
  'Customer.token': 'Opens the frame in which a card is saved, for an hour.',
  customer_account: 'The account; of a deletion as it was before.',
  account_type: 'What kind of account it is.',
  account_number: 'The number; of a card only the first six and the last four digits.',
  customer_address: 'The address; of a deletion as it was before.',
  'customer_address.type': 'What the address is for.',
  default: 'Whether it is the default address of the customer.',
  customer_profile: 'Who the customer is; what was never said is null.',
  ...inEach(['customer_address'], sameAs(PAYLANDS_FIELDS, ['country'])),
  ...sameAs(PAYLANDS_FIELDS, ['address1', 'address2', 'address3', 'city']),
  ...sameAs(PAYLANDS_FIELDS, ['state_code', 'zip_code']),
  ...sameAs(PAYLANDS_FIELDS, ['first_name', 'last_name', 'cardholder_name', 'email', 'birthdate']),
  ...sameAs(PAYLANDS_FIELDS, [
    'document_identification_issuer_type',
    'document_identification_type',
    'document_identification_number',
  ]),
  ...sameAs(PAYLANDS_FIELDS, ['phone', 'work_phone', 'home_phone', 'mobile_phone']),
  ...sameAs(PAYLANDS_FIELDS, ['prefix', 'number']),
  ...sameAs(PAYLANDS_FIELDS, ['source_of_funds', 'occupation', 'social_security_number']),
};

/** Contract C.6 and C.7. */
const SOURCES: FieldTexts = {
  'saveCards.cards': 'The cards that were saved, in the order in which they were sent.',
  'listCustomerCards.cards': 'The cards of the customer.',
  'saveBank.Source': 'The bank account.',
  'getBank.bank': 'The bank account.',
  banks: 'The bank accounts of the customer.',
  ...inEach(['saveBank.Source', 'getBank.bank', 'banks[]'], {
    country: 'The country of the account, ISO 3166-1 alpha-2.',
  }),
};

/** Contract C.9: a campaign and its payments, in camel case. */
const CAMPAIGNS: FieldTexts = {
  detail: 'The campaign.',
  'detail.id': 'Its number among the campaigns of the merchant, from 1 on.',
  'detail.description': 'What the campaign is called.',
  serviceUUID: 'The UUID of the service that takes the payments.',
  clientID: 'A number that stands for the merchant.',
  clientUUID: 'The UUID of the merchant.',
  'detail.type': 'Who delivers the links: MAIL for mails, PHONE for SMS, else the merchant.',
  'detail.status':
    'PENDING while a payment is; COMPLETED when all payments are; else ERROR_CREATING, when an order could not be made, or ERROR_SENDING.',
  entry: 'Always `WEBSERVICE`.',
  createdAt: `When it was made: ${SECONDS}.`,
  expiresAt: "When the links stop working: `YYYY-MM-DD HH:MM:SS` in the merchant's own time zone.",
  subject: 'The subject of the mails, or the sender of the SMS, or null.',
  filename: 'What the file is called, or null.',
  'detail.error': 'How many orders could not be made, in words, or null.',
  ...inEach(['createMotoCampaignCsv', 'createMotoCampaignJson'], {
    payments: 'The payments of the campaign, one link each.',
    'payments[].id': 'Its number among the payments of all campaigns of the merchant, from 1 on.',
    'payments[].status':
      'PENDING until its link is sent, then COMPLETED; ERROR_CREATING when its order could not be made, ERROR_SENDING when its link could not be sent.',
  }),
  detailUUID: 'The UUID of the campaign.',
  'payments[].line': 'Which line of the file, or which payment of the list, it came from.',
  'payments[].operative': 'AUTHORIZATION charges, DEFERRED holds.',
  secure: 'Whether the payer must be authenticated by 3-D Secure.',
  destination: 'Where the link is sent: an e-mail address or a telephone number.',
  externalID: "The merchant's own id of the customer, or null.",
  urlPost: 'Where the notification of each outcome is posted, or null.',
  urlOk: 'Where the buyer is sent after a payment, or null.',
  urlKo: 'Where the buyer is sent when nothing was paid, or null.',
  cardTemplate: 'The UUID of the template that the payment page looks like, or null.',
  dccTemplate: 'As it was sent, or null; there is no currency conversion.',
  moToTemplate: 'As it was sent, or null; messages are plain text.',
  certificate: 'A PDF in base64: what was sent to whom, when it was opened and paid.',
  orders: 'The payments of the campaign, by their UUIDs.',
  'orders{}.status':
    'What became of its link: PENDING, COMPLETED, ERROR_CREATING or ERROR_SENDING.',
  'orders{}.order': 'The order with its `urls`, where it is paid; null until it is made.',
};

/** Contract C.10. */
const FILES: FieldTexts = {
  errors: 'The rows that cannot be worked on, 20,000 at most; the others are kept.',
  'errors[].line': 'The line of the file, as text: `1` is the header.',
  'errors[].msg': 'What is wrong with it.',
};

/** Contract C.11. */
const SUBSCRIPTIONS: FieldTexts = {
  created_at: `When it was made: ${SECONDS}.`,
  updated_at: `When it last changed: ${SECONDS}.`,
  deleted: 'Always 1.',
  company: 'The seller of subscriptions that the merchant is.',
  'company.name': 'What the merchant is called.',
  'company.external_id': 'The UUID of the merchant.',
  product: 'The product.',
  products: 'The products of the merchant.',
  ...inEach(['product', 'products[]'], {
    name: 'What the product is called.',
    external_id: "The merchant's own id of the product.",
    sandbox: 'Whether it is of the sandbox.',
    notification_url: 'Where each payment of a subscription to it is told, or null.',
  }),
  plan: 'The plan.',
  plans: 'The plans of the merchant.',
  ...inEach(['plan', 'plans[]'], {
    name: 'What the plan is called.',
    external_id: "The merchant's own id of the plan.",
    amount: 'What each period costs, in minor units.',
  }),
  interval: 'How many units of `interval_type` a period lasts.',
  interval_type: 'The unit of the period.',
  trial_available: 'Whether the plan begins with a trial that costs nothing.',
  interval_offset: 'How many units of `interval_offset_type` the trial lasts, or null.',
  interval_offset_type: 'The unit of the trial, or null.',
  subscription: 'The subscription.',
  subscriptions: 'The subscriptions, newest first.',
  id: 'Its id, 24 hexadecimal digits.',
  ...inEach(['subscription', 'subscriptions[]'], {
    active: 'Whether there are payments to come: false once it is complete, ended or cancelled.',
    status:
      'What became of the last attempt: CREATED when there was none yet; else as that of the payment.',
    payments: 'Its payments, in the order of their periods.',
  }),
  total_payment_number: 'How many payments it has; 0 for no end.',
  total_payment_charged: 'How many of them were charged or held.',
  ...sameAs(PAYLANDS_FIELDS, ['payment_attempts_limit']),
  first_charge_date: `When the first payment is due: ${SECONDS}.`,
  next_charge_date: `When the next payment is due: ${SECONDS}; null when there is none.`,
  additional_data: 'What the payments are made with, as JSON text.',
  payment: 'The payment.',
  payments: 'The payments, newest first.',
  ...inEach(['payment', 'payments[]'], {
    status:
      'PAID; ISSUED, held until it is confirmed; DENIED, refused; FAILED_NOTIFICATION, could not be tried.',
    created_at: `When it was due: ${SECONDS}.`,
    updated_at: `When it was last tried: ${SECONDS}.`,
  }),
  payment_date: 'The day of the last attempt, as `YYYY-MM-DD` in Madrid.',
  payment_number: 'Which payment of the subscription it is, from 1 on.',
  attempt: 'The number of its last attempt, from 1 on.',
  payment_details:
    'JSON text with `order_uuid`, `source_uuid` and `transaction_uuid`; null when no order was made.',
};

/** Contract C.12. */
const TERMINALS: FieldTexts = {
  device: 'The terminal.',
  devices: 'The terminals of the merchant.',
  ...inEach(['device', 'devices[]'], {
    active: 'Whether it is in use.',
    created_at: `When it was made. ${OFFSET}`,
    updated_at: `When it last changed. ${OFFSET}`,
  }),
  identifier: 'The same as `id`.',
  service: 'The UUID of the service that takes its payments.',
  terminal_id: "The acquirer's name of the terminal, or null.",
  communication_type: 'How it is reached; SIMULATION, of the sandbox, acts by itself.',
  configured: 'Whether it is set up.',
};

/** Contract C.13. */
const LISTS: FieldTexts = {
  colorlists: 'The list, or the lists.',
  ...inEach(['colorlists', 'colorlists[]'], {
    type: 'What a hit means: BLACKLIST stops the payment, WHITELIST skips the rules, GREYLIST asks for 3-D Secure.',
    enabled: 'Whether the list acts.',
    description: 'What the list is for.',
    services: 'The UUIDs of the services that it acts on; empty for all.',
  }),
  items: 'What is in the list.',
  'items[].type': 'What the value is: CARD, BIN, COUNTRY, IP, EMAIL, PHONE or CUSTOMER.',
  'items[].value': 'What payments are compared with; of the number of a card its token.',
};

/** What the fields mean that are not of shapes which operations share (contract C.2 to C.13). */
export const PAYLANDS_OWN_ANSWERS: FieldTexts = {
  ...API_KEYS,
  ...CLIENT,
  ...LISTED_TRANSACTIONS,
  ...CUSTOMERS,
  ...SOURCES,
  ...CAMPAIGNS,
  ...FILES,
  ...SUBSCRIPTIONS,
  ...TERMINALS,
  ...LISTS,
  delivery: 'Always true: the message is on its way.',
};
