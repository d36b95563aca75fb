import type { FieldTexts } from './texts.ts';

const EMPTY_IS_NOTHING = 'An empty one matches nothing.';
const OWNER = 'The id of the location, which must be that of the token.';

/** What fields of HighLevel's requests mean (contract 1.5, 1.9, 5.1 to 5.23). */
export const HIGHLEVEL_FIELDS: FieldTexts = {
  altId: OWNER,
  altType: 'Always `location`.',
  locationId: OWNER,
  companyId: 'The id of the company, which must be that of the token or of its location.',

  // Lists
  limit: 'The most rows to answer. By default 10.',
  'list-coupons.limit': 'The most rows to answer. By default 100.',
  'list-integration-providers.limit': 'The most rows to answer. By default 0, for all of them.',
  offset: 'How many rows to leave out before the first. By default 0.',
  startAt: 'The first day, as `YYYY-MM-DD` in UTC.',
  endAt: 'The last day, as `YYYY-MM-DD` in UTC; inclusive.',
  search: 'Beginnings of words of names, e-mail addresses and ids, in any case.',
  'list-subscriptions.search':
    'Beginnings of words of its names: contact, e-mail, channel, product or plan.',
  'list-coupons.search': 'Text that is part of the name or code, in any case.',
  paymentMode: '`live` or `test`. A location is one of them: the other mode has nothing.',
  contactId: `Only those of the contact. ${EMPTY_IS_NOTHING}`,
  status:
    'Only orders in this status: `pending`, `completed` and ours, `failed`, `canceled`, `expired`.',
  'list-coupons.status':
    'Only coupons in this status, which follows from their dates and their use.',
  paymentStatus: 'Only orders that were paid so far.',
  sourceId: `Only orders that came from this source. ${EMPTY_IS_NOTHING}`,
  funnelProductIds: 'Only orders with one of these products: ids, separated by commas.',
  entityId: `Only those of the order with this id. ${EMPTY_IS_NOTHING}`,
  entitySourceType: 'Only those whose source is of this type, such as `funnel`.',
  entitySourceSubType: 'Only those whose source is of this subtype, such as `one_step_order_form`.',
  subscriptionId: `Only those of the subscription. ${EMPTY_IS_NOTHING}`,
  id: `Only the one with this id. ${EMPTY_IS_NOTHING}`,
  getPaymentsCollectedCount:
    'Whether rows say in `paymentsCollectedCount` how many payments succeeded.',

  // Orders and what belongs to them
  orderId: 'The id of the order, 24 hexadecimal digits.',
  transactionId: 'The id of the transaction, 24 hexadecimal digits.',
  'get-subscription-by-id.subscriptionId': 'The id of the subscription.',
  mode: 'How the money was taken.',
  card: 'The card that it was taken with, for `mode: card`.',
  'card.type': 'The brand of the card.',
  'card.last4': 'The last four digits of its number.',
  cheque: 'The cheque, for `mode: cheque`.',
  'cheque.number': 'The number of the cheque.',
  notes: 'A note of the payment. Card numbers in it are masked.',
  amount: 'What was taken, in major units: `10.5` is 10.50 EUR. By default all that is due.',
  meta: "The caller's own data, kept with the payment; 2048 characters at most.",
  isPartialPayment: 'Says that less than what is due was taken; then `amount` is compulsory.',
  trackings: 'How the parcels travel.',
  'trackings[].trackingNumber': 'The number that the carrier gave the parcel.',
  'trackings[].shippingCarrier': 'Who carries the parcel.',
  'trackings[].trackingUrl': 'Where the parcel can be followed.',
  items: 'What was sent.',
  'items[].priceId': 'The id of the price of an item of the order.',
  'items[].qty': 'How many were sent: no more than are left.',
  notifyCustomer: 'Whether the contact gets a mail.',

  // Coupons
  'get-coupon.id': 'The id of the coupon; it or `code` is needed, and it goes first.',
  'get-coupon.code': 'The code of the coupon, in any case.',
  'update-coupon.id': 'The id of the coupon to replace.',
  'delete-coupon.id': 'The id of the coupon.',
  name: 'What the coupon is called.',
  code: 'What the buyer types, without blanks, unique in the location in any case.',
  discountType: 'Whether `discountValue` is a percentage or an amount.',
  discountValue: 'The discount: percent, 100 at most, or major units of the order’s currency.',
  startDate: 'From when on it is good: ISO 8601 with a time and a zone.',
  endDate: 'Until when it is good: ISO 8601 with a time and a zone. By default for ever.',
  usageLimit: 'How many orders may use it. By default any number.',
  productIds: 'The products that it is good for. By default all.',
  priceIds: 'The prices that it is good for. By default all.',
  variantIds: 'The variants that it is good for. By default all.',
  applyToFuturePayments: 'Whether it is good for the renewals of a subscription too.',
  applyToFuturePaymentsConfig: 'For which renewals it is good.',
  'applyToFuturePaymentsConfig.type': '`forever`, or `fixed` for some months.',
  'applyToFuturePaymentsConfig.duration': 'For how many months, when it is `fixed`.',
  'applyToFuturePaymentsConfig.durationType': 'Always `months`, when it is `fixed`.',
  limitPerCustomer: 'Whether one customer may use it once only. Answered as 1 or 0.',

  // Providers
  'create-integration.name': 'What the provider is called.',
  description: 'What merchants read below the name of the provider.',
  paymentsUrl: 'The page that is loaded in a frame to take a payment.',
  queryUrl: 'Where events are posted: to verify or refund a payment, for example.',
  imageUrl: 'The logo of the provider.',
  supportsSubscriptionSchedule:
    'Whether the provider charges subscriptions when they are due. By default false.',
  supportsSubscriptionSchedules: 'Whether the provider charges subscriptions when they are due.',
  live: 'The keys of live mode; at least one mode is needed.',
  test: 'The keys of test mode; at least one mode is needed.',
  'live.apiKey': 'The secret key of the provider in live mode. It is stored encrypted.',
  'live.publishableKey': 'The public key of the provider in live mode.',
  'test.apiKey': 'The secret key of the provider in test mode. It is stored encrypted.',
  'test.publishableKey': 'The public key of the provider in test mode.',
  liveMode: 'Which mode to disconnect: true for live, false for test.',
  uniqueName: 'Lower-case letters and hyphens, unique over all locations; answered as `route`.',
  title: 'What the provider is called on the page of integrations.',
  provider: 'The gateway that it is built on.',
};
