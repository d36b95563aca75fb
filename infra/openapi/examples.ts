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
  service: 'B1F13B01-BA97-491C-BBDE-1C18988BD229',
  order_uuid: 'D16004FF-3421-409C-ADFC-DA2618D36135',
  card_uuid: 'F1E73ECB-D88C-4C57-919E-102F0E822416',
  source_uuid: 'F1E73ECB-D88C-4C57-919E-102F0E822416',
  method: 'PHONE',
  wallet: 'GOOGLEPAY',
  payload: { sandbox: 'OK' },
  destination: 'jane@example.com',
  subject: 'Your order',
  language: 'en',
};

/** Fields that an operation takes instead of others, which its example shows. */
export const ALTERNATIVES: Readonly<Record<string, readonly string[]>> = {
  motoApiPayment: ['source_uuid'],
};
