/** Stand for what only a merchant knows; documentation that is served may say its own instead. */
export const SIGNATURE = '121149a0ba5361191d740fa898784a8b';
export const SERVICE = 'B1F13B01-BA97-491C-BBDE-1C18988BD229';
export const LOCATION = '3SwdhCu3svxI8AKsPJt6';

/** Values for the fields of requests that together make a working example. */
export const EXAMPLES: Readonly<Record<string, unknown>> = {
  amount: 1050,
  operative: 'AUTHORIZATION',
  description: 'Coffee beans',
  secure: false,
  customer_ext_id: 'user42',
  customer_external_id: 'user42',
  additional: 'order 4711',
  reference: 'invoice-2026-4711',
  expires_in: 900,
  url_post: 'https://shop.example/notifications',
  url_ok: 'https://shop.example/paid',
  url_ko: 'https://shop.example/not-paid',
  card_holder: 'John Doe',
  card_pan: '5590337536718399',
  card_expiry_month: 12,
  card_expiry_year: '34',
  card_cvv: '123',
  customer_ip: '203.0.113.7',
  service: SERVICE,
  order_uuid: 'D16004FF-3421-409C-ADFC-DA2618D36135',
  card_uuid: 'F1E73ECB-D88C-4C57-919E-102F0E822416',
  source_uuid: 'F1E73ECB-D88C-4C57-919E-102F0E822416',
  method: 'PHONE',
  wallet: 'GOOGLEPAY',
  payload: { sandbox: 'OK' },
  destination: 'jane@example.com',
  subject: 'Your order',
  language: 'en',
  account_type: 'ACCOUNT_NUMBER',
  account_number: '100169168',
  account_holder: 'John Doe',
  iban: 'ES9030350000070000000202',
  old_external_id: 'user42',
  new_external_id: 'user43',
  address1: 'Ronda Magdalena 20',
  city: 'Castellón',
  state_code: 'Castellón',
  country: 'ESP',
  zip_code: '12006',
  default: true,
  first_name: 'John',
  last_name: 'Doe',
  email: 'john@example.com',
  phone: { prefix: '+34', number: '666554411' },
  work_phone: { prefix: '+34', number: '961234567' },
  home_phone: { prefix: '+34', number: '961234568' },
  mobile_phone: { prefix: '+34', number: '666554412' },
  document_identification_issuer_type: 'STATE_GOVERNMENT',
  document_identification_type: 'NATIONAL_IDENTITY_DOCUMENT',
  document_identification_number: '12345678Z',
  birthdate: '1986-03-06',
  enabled: true,
  value: '203.0.113.7',
  items: ['203.0.113.7'],
  service_uuid: SERVICE,
  uuid: '9B5DDCC2-24A9-4157-A56D-193EB9EF3966',
  name: 'Streaming',
  external_id: 'user42',
  product_external_id: 'streaming',
  plan_external_id: 'streaming-monthly',
  notification_url: 'https://shop.example/subscriptions',
  product: 'streaming',
  data: csv('ORDER_UUID,AMOUNT', 'D16004FF-3421-409C-ADFC-DA2618D36135,500'),
  // The terminal of the demo.
  device: '6a0c3a529e418b7fa5d23c18',
  id: '6a0c3a529e418b7fa5d23c18',
  filename: 'rows.csv',
  execute_at: '2027-01-31 09:00:00',
  expires_at: '2027-01-31',
  file: `data:text/csv;base64,${csv(
    'AMOUNT,OPERATIVE,DESTINATION,SECURE',
    '1050,AUTHORIZATION,jane@example.com,TRUE',
  )}`,
  payments: [
    { amount: 1050, operative: 'AUTHORIZATION', destination: 'jane@example.com', secure: true },
  ],
  additional_data: {
    operative: 'AUTHORIZATION',
    source_uuid: 'F1E73ECB-D88C-4C57-919E-102F0E822416',
    customer_ext_id: 'user42',
    service: SERVICE,
  },
  plan: 'streaming-monthly',
  customer: 'user42',
  total_payment_number: 12,
  payment_attempts_limit: 3,
  initial_date: '2027-01-31',
  interval: 1,
  interval_type: 'MONTHLY',
  trial_available: true,
  interval_offset: 2,
  interval_offset_type: 'WEEKLY',
};

/** Fields that an operation takes instead of others, which its example shows. */
export const ALTERNATIVES: Readonly<Record<string, readonly string[]>> = {
  motoApiPayment: ['source_uuid'],
};

/** Fields that are not needed, but without which an operation's example would not work or say little. */
export const SHOWN: Readonly<Record<string, readonly string[]>> = {
  createOrder: ['description', 'service', 'customer_ext_id'],
  motoApiPayment: ['card_holder', 'card_pan', 'card_expiry_month', 'card_expiry_year'],
  'create-config': ['live', 'test'],
  'update-capabilities': ['locationId'],
};

/** Where the same field means something else in one operation. */
export const OWN_EXAMPLES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  batchAuthorizations: {
    data: csv(
      'AMOUNT,CARD,CUSTOMER_EXTERNAL_ID,SERVICE',
      `1050,F1E73ECB-D88C-4C57-919E-102F0E822416,user42,${SERVICE}`,
    ),
  },
  createSubscriptionProduct: { external_id: 'streaming' },
  createSubscriptionPlan: { external_id: 'streaming-monthly', name: 'Streaming, monthly' },
  'create-integration': { name: 'Pasarela' },
  createMotoCampaignCsv: { type: 'MAIL' },
  createMotoCampaignJson: { type: 'MAIL' },
  subscribeCustomer: { plan: 'streaming-monthly' },
};

function csv(...lines: readonly string[]): string {
  return Buffer.from(`${lines.join('\n')}\n`).toString('base64');
}
