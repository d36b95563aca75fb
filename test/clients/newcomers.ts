/** What a newcomer gets wrong with the Paylands face: a request, and what the answer must say. */
export interface Mistake {
  title: string;
  /** `METHOD /path`; `$` names what the test has prepared. */
  request: string;
  body?: Record<string, unknown>;
  /** By default those of the demo merchant. */
  headers?: Record<string, string>;
  /** By default `/v1/sandbox`. */
  base?: '/v1';
  status: number;
  /** The field or the thing, why it is wrong, and what is right. */
  says: readonly [thing: RegExp, reason: RegExp, form: RegExp];
}

const ORDER = { amount: 1000, operative: 'AUTHORIZATION', description: 'Test' };
const CARD = {
  customer_ext_id: 'customer',
  card_holder: 'Jane Doe',
  card_pan: '4548812049400004',
  card_expiry_month: '12',
  card_expiry_year: '34',
};

const notValid = /is not valid/;
const required = /is required/;

const creating = (
  title: string,
  fields: Record<string, unknown>,
  says: Mistake['says'],
  status = 400,
): Mistake => ({ title, request: 'POST /payment', body: { ...ORDER, ...fields }, status, says });

const saving = (
  title: string,
  fields: Record<string, unknown>,
  says: Mistake['says'],
): Mistake => ({
  title,
  request: 'POST /payment-method/card',
  body: { ...CARD, ...fields },
  status: 400,
  says,
});

const onOrder = (
  title: string,
  path: string,
  fields: Record<string, unknown>,
  status: number,
  says: Mistake['says'],
): Mistake => ({
  title,
  request: `POST /payment/${path}`,
  body: { order_uuid: '$order', ...fields },
  status,
  says,
});

const WHOLE_CENTS = /whole number of cents from 0 to 2147483647, for example 1050/;

export const mistakes: readonly Mistake[] = [
  // Who calls
  {
    title: 'no API key',
    request: 'GET /api-key/me',
    headers: {},
    status: 401,
    says: [/API key/, /missing/, /Authorization: Bearer <API key>/],
  },
  {
    title: 'an unknown API key',
    request: 'GET /api-key/me',
    headers: { authorization: 'Bearer nonsense' },
    status: 401,
    says: [/API key/, notValid, /live keys need \/v1/],
  },
  {
    title: 'a sandbox key in live',
    request: 'GET /api-key/me',
    base: '/v1',
    status: 401,
    says: [/API key/, /not valid in the live environment/, /\/v1\/sandbox/],
  },
  {
    title: 'a key without the profile',
    request: 'POST /payment',
    headers: { authorization: 'Bearer $readonly' },
    body: ORDER,
    status: 403,
    says: [/Profile/, /not allowed/, /needs payment/],
  },
  {
    title: 'no signature',
    request: 'POST /payment',
    body: { ...ORDER, signature: undefined },
    status: 403,
    says: [/Signature/, /field signature is missing/, /send the merchant's/],
  },
  {
    title: 'another signature',
    request: 'POST /payment',
    body: { ...ORDER, signature: 'nonsense' },
    status: 403,
    says: [/Signature/, /it is another one/, /send the merchant's/],
  },
  {
    title: 'a card number with a key that may not',
    request: 'POST /charge',
    headers: { authorization: 'Bearer $noPci' },
    body: { ...ORDER, ...CARD, service: '$redsys' },
    status: 403,
    says: [/Card numbers/, /need/, /API key of a PCI merchant/],
  },
  // Where
  {
    title: 'a path that is misspelled',
    request: 'POST /payments',
    status: 404,
    says: [/POST \/v1\/sandbox\/payments/, /Cannot/, /did you mean POST \/v1\/sandbox\/payment\?/],
  },
  {
    title: 'another method',
    request: 'GET /payment/direct',
    status: 405,
    says: [/GET \/v1/, /Cannot/, /this path takes POST/],
  },
  // An order
  creating('no amount', { amount: undefined }, [/Field amount/, required, WHOLE_CENTS]),
  creating('euros', { amount: 10.5 }, [/Field amount/, notValid, WHOLE_CENTS]),
  creating('euros as text', { amount: '10.50' }, [/Field amount/, notValid, WHOLE_CENTS]),
  creating('euros with a comma', { amount: '10,50' }, [/Field amount/, notValid, WHOLE_CENTS]),
  creating('less than nothing', { amount: -1 }, [/Field amount/, notValid, WHOLE_CENTS]),
  creating('too much', { amount: 2 ** 31 }, [/Field amount/, notValid, WHOLE_CENTS]),
  creating('a word', { amount: 'ten' }, [/Field amount/, notValid, WHOLE_CENTS]),
  creating('null', { amount: null }, [/Field amount/, notValid, WHOLE_CENTS]),
  creating('no operative', { operative: undefined }, [
    /Field operative/,
    required,
    /AUTHORIZATION, DEFERRED, PAYOUT or TRANSFER/,
  ]),
  creating('another operative', { operative: 'SALE' }, [
    /Field operative/,
    notValid,
    /AUTHORIZATION, DEFERRED, PAYOUT or TRANSFER/,
  ]),
  creating('an operative in lower case', { operative: 'deferred' }, [
    /Field operative/,
    notValid,
    /AUTHORIZATION, DEFERRED/,
  ]),
  creating('a transfer', { operative: 'TRANSFER' }, [
    /Field operative/,
    /not supported/,
    /send money with PAYOUT/,
  ]),
  creating('no description', { description: '' }, [
    /Field description/,
    notValid,
    /text of 1 to 1000 characters/,
  ]),
  creating('a description that is a list', { description: ['Tea'] }, [
    /Field description/,
    notValid,
    /text/,
  ]),
  creating('an unknown service', { service: 'F46ER1Q8' }, [/Service/, /not found/, /F46ER1Q8/]),
  creating('secure as a word', { secure: 'yes' }, [/Field secure/, notValid, /true or false/]),
  creating('an address without a scheme', { url_post: 'shop.example/hook' }, [
    /Field url_post/,
    notValid,
    /http:\/\/ or https:\/\//,
  ]),
  creating('a path for an address', { url_ok: '/thanks' }, [/Field url_ok/, notValid, /URL/]),
  creating('an order for a minute', { expires_in: 60 }, [
    /Field expires_in/,
    notValid,
    /from 600 to 31536000/,
  ]),
  creating('an order for an hour in words', { expires_in: '1 hour' }, [
    /Field expires_in/,
    notValid,
    /whole number/,
  ]),
  creating('extra data as text', { extra_data: '{"profile":{}}' }, [
    /Field extra_data/,
    notValid,
    /an object/,
  ]),
  creating('a telephone as text', { extra_data: { profile: { phone: '600000000' } } }, [
    /Field extra_data\.profile\.phone/,
    notValid,
    /\{"prefix":"\+34","number":"600000000"\}/,
  ]),
  creating('the token of a card for its uuid', { source_uuid: 'a'.repeat(128) }, [
    /Field source_uuid/,
    notValid,
    /UUID.*not a token/,
  ]),
  creating(
    'an unknown card',
    { source_uuid: '$unknown' },
    [/Card/, /not found/, /[0-9A-F-]{36}/],
    404,
  ),
  creating('a descriptor with a star', { dynamic_descriptor: 'PNP*Shop', service: '$redsys' }, [
    /dynamic_descriptor/,
    /not valid for the service/,
    /1 to 38 letters, digits and blanks/,
  ]),
  creating(
    'a reference of a paid order',
    { reference: '$paidReference' },
    [/Reference/, /already paid/, /newcomer-reference/],
    409,
  ),
  creating('several mistakes at once', { amount: 'x', operative: 'x', secure: 'x' }, [
    /Field amount.*; Field operative.*; Field secure/,
    notValid,
    WHOLE_CENTS,
  ]),
  // A card
  saving('a wrong digit', { card_pan: '4548812049400005' }, [
    /Field card_pan/,
    notValid,
    /its last digit, a check, is wrong/,
  ]),
  saving('half a number', { card_pan: '4548' }, [/Field card_pan/, notValid, /12 to 19 digits/]),
  saving('month 13', { card_expiry_month: 13 }, [
    /Field card_expiry_month/,
    notValid,
    /a month from 01 to 12/,
  ]),
  saving('a year long ago', { card_expiry_year: '1934' }, [
    /Field card_expiry_year/,
    notValid,
    /34 or 2034/,
  ]),
  saving('a short CVV', { card_cvv: '12' }, [/Field card_cvv/, notValid, /3 or 4 digits/]),
  saving('a validation without a service', { validate: true }, [
    /Field service/,
    required,
    /UUID of the service/,
  ]),
  saving('no customer', { customer_ext_id: undefined }, [
    /Field customer_ext_id/,
    required,
    /text of 1 to 255 characters/,
  ]),
  // A path
  {
    title: 'the token of an order in a path',
    request: 'GET /order/$token',
    status: 404,
    says: [/order_uuid/, /Not found/, /UUID.*not a token/],
  },
  {
    title: 'a word for a card in a path',
    request: 'GET /payment-method/card/visa',
    status: 404,
    says: [/uuid/, /Not found/, /must be a UUID/],
  },
  // A payment
  onOrder('no card', 'direct', {}, 400, [/Field card_uuid/, required, /UUID/]),
  onOrder('the token of the order', 'direct', { order_uuid: '$token', card_uuid: '$card' }, 400, [
    /Field order_uuid/,
    notValid,
    /UUID.*not a token/,
  ]),
  onOrder('an unknown order', 'direct', { order_uuid: '$unknown', card_uuid: '$card' }, 404, [
    /Order token/,
    /not found/,
    /there is no such order/,
  ]),
  onOrder('a paid order', 'direct', { order_uuid: '$paid', card_uuid: '$card' }, 404, [
    /Order token/,
    /not found/,
    /the order is already paid/,
  ]),
  onOrder('a refused order', 'direct', { order_uuid: '$refused', card_uuid: '$card' }, 404, [
    /Order token/,
    /the payment was refused/,
    /a new order is needed/,
  ]),
  onOrder('somebody else’s card', 'direct', { card_uuid: '$otherCard' }, 404, [
    /Card/,
    /not found/,
    /[0-9A-F-]{36}/,
  ]),
  onOrder('an order of nobody', 'direct', { order_uuid: '$ofNobody', card_uuid: '$card' }, 400, [
    /Order/,
    /no customer_ext_id/,
    /create it with that of the card/,
  ]),
  onOrder('a payout as a payment', 'direct', { order_uuid: '$payout', card_uuid: '$card' }, 400, [
    /operative/,
    /does not allow this operation/,
    /payments need AUTHORIZATION or DEFERRED/,
  ]),
  onOrder('an address that is none', 'direct', { card_uuid: '$card', customer_ip: 'local' }, 400, [
    /Field customer_ip/,
    notValid,
    /IPv4 or IPv6/,
  ]),
  onOrder('a push without a telephone', 'push', {}, 400, [
    /extra_data\.profile\.phone/,
    /no telephone number/,
    /"prefix":"\+34"/,
  ]),
  onOrder('a push by another way', 'push', { apm: 'MBWAY' }, 400, [
    /apm MBWAY/,
    /does not take/,
    /it takes BIZUM/,
  ]),
  onOrder('a payout to nobody who has paid', 'payout', { order_uuid: '$strangePayout' }, 400, [
    /Card/,
    /no earlier payment/,
    /at the terminal/,
  ]),
  // Afterwards
  onOrder('to confirm what is not held', 'confirmation', { order_uuid: '$paid' }, 400, [
    /Order/,
    /no confirmation transaction/,
    /only an order in PENDING_CONFIRMATION/,
  ]),
  onOrder('to confirm too much', 'confirmation', { order_uuid: '$held', amount: 1001 }, 400, [
    /Confirmation amount/,
    /exceeds the held amount/,
    /1000 at most/,
  ]),
  onOrder('to refund too much', 'refund', { order_uuid: '$paid', amount: 1001 }, 400, [
    /Refund amount/,
    /exceeds the refundable amount/,
    /1000 at most/,
  ]),
  onOrder('to refund nothing', 'refund', { order_uuid: '$paid', amount: 0 }, 400, [
    /Field amount/,
    notValid,
    /whole number of cents from 1/,
  ]),
  onOrder('to refund what is not paid', 'refund', {}, 400, [
    /Order/,
    /not refundable/,
    /not paid yet/,
  ]),
  {
    title: 'a day for a time',
    request: 'GET /orders?start=2026-13-01',
    status: 400,
    says: [/Field start/, notValid, /YYYYMMDDHHmm/],
  },
  {
    title: 'a link to nowhere',
    request: 'POST /payment/send',
    body: { order_uuid: '$order', destination: 'jane', subject: 'Pay' },
    status: 400,
    says: [/Field destination/, notValid, /e-mail address or a telephone/],
  },
];
