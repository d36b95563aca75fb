/** What a newcomer gets wrong with the HighLevel face, and what the answer must say. */
export interface HighLevelMistake {
  title: string;
  /** `METHOD /path`; `$` names what the test has prepared. */
  request: string;
  query?: Record<string, string>;
  body?: Record<string, unknown>;
  /** By default those of the location's private integration. */
  headers?: Record<string, string>;
  status: number;
  says: readonly RegExp[];
}

const RECORD = { altId: '$location', altType: 'location', mode: 'cash' };

const listing = (
  title: string,
  query: Record<string, string>,
  status: number,
  ...says: RegExp[]
): HighLevelMistake => ({
  title,
  request: 'GET /payments/orders',
  query: { altId: '$location', ...query },
  status,
  says,
});

const recording = (
  title: string,
  fields: Record<string, unknown>,
  status: number,
  ...says: RegExp[]
): HighLevelMistake => ({
  title,
  request: 'POST /payments/orders/$order/record-payment',
  body: { ...RECORD, ...fields },
  status,
  says,
});

export const highLevelMistakes: readonly HighLevelMistake[] = [
  {
    title: 'no version',
    request: 'GET /payments/orders',
    headers: { authorization: 'Bearer $pit' },
    status: 401,
    says: [/version header/, /not found/],
  },
  {
    title: 'no token',
    request: 'GET /payments/orders',
    headers: { version: '2021-07-28' },
    status: 401,
    says: [/Invalid JWT/],
  },
  {
    title: 'an unknown private token',
    request: 'GET /payments/orders',
    headers: { version: '2021-07-28', authorization: 'Bearer pit-nonsense' },
    status: 401,
    says: [/Invalid Private Integration token/],
  },
  listing('another location', { altId: 'somewhereElse' }, 403, /does not have access/, /location/),
  listing('no location', { altId: '' }, 422, /altId/, /should not be empty/),
  listing('a limit in words', { limit: 'ten' }, 422, /limit/, /must be a number/),
  listing('too many at once', { limit: '5000' }, 422, /limit/, /must not be greater than 1000/),
  listing('a day in another form', { startAt: '01/02/2026' }, 422, /startAt/, /YYYY-MM-DD/),
  listing('another status', { paymentStatus: 'free' }, 422, /paymentStatus/, /paid, unpaid/),
  {
    title: 'an unknown order',
    request: 'GET /payments/orders/ffffffffffffffffffffffff',
    query: { altId: '$location' },
    status: 400,
    says: [/Order not found/],
  },
  {
    title: 'a path that is misspelled',
    request: 'GET /payments/order',
    status: 404,
    says: [/Cannot GET \/payments\/order/, /did you mean GET \/payments\/orders\?/],
  },
  {
    title: 'another method',
    request: 'DELETE /payments/transactions',
    status: 405,
    says: [/Cannot DELETE/, /this path takes GET/],
  },
  recording('another way to pay', { mode: 'bitcoin' }, 422, /mode/, /cash, card, cheque/),
  recording('less than nothing', { amount: -1 }, 422, /amount/, /must be a positive number/),
  recording('more than is due', { amount: 11 }, 400, /Amount exceeds what is due/),
  {
    title: 'a coupon of more than everything',
    request: 'POST /payments/coupon',
    body: {
      altId: '$location',
      altType: 'location',
      name: 'Sale',
      code: 'SALE',
      discountType: 'percentage',
      discountValue: 120,
      startDate: '2026-01-01T00:00:00.000Z',
    },
    status: 422,
    says: [/discountValue/, /100/],
  },
  {
    title: 'a provider without a scheme',
    request: 'POST /payments/custom-provider/provider',
    headers: { version: '2021-07-28', authorization: 'Bearer $app' },
    query: { locationId: '$location' },
    body: {
      name: 'Pay',
      description: 'Pay',
      paymentsUrl: 'pay.example',
      queryUrl: 'https://pay.example',
      imageUrl: 'https://pay.example/logo.png',
    },
    status: 422,
    says: [/paymentsUrl/, /must be a URL address/],
  },
  {
    title: 'keys before the provider',
    request: 'POST /payments/custom-provider/connect',
    headers: { version: '2021-07-28', authorization: 'Bearer $app' },
    query: { locationId: '$location' },
    body: { live: { apiKey: 'a', publishableKey: 'b' } },
    status: 422,
    says: [/Base config/, /not created yet/, /create the base config before/],
  },
  {
    title: 'a private token for a provider',
    request: 'GET /payments/custom-provider/connect',
    query: { locationId: '$location' },
    status: 401,
    says: [/authClass type is not allowed/],
  },
];
