import { HIGHLEVEL_FIELDS } from './highlevel.ts';
import { type FieldTexts, inEach, sameAs } from './texts.ts';

const SUBSCRIPTIONS = ['get-subscription-by-id', 'list-subscriptions.data[]'];

/** What the fields mean that are not of shapes which operations share (contract, appendix A). */
export const HIGHLEVEL_OWN_ANSWERS: FieldTexts = {
  success: 'Always true.',
  'create-order-fulfillment.status': 'Always true.',
  'list-order-fulfillment.status': 'Always true.',
  data: 'The rows that were asked for.',
  'create-order-fulfillment.data': 'The fulfilment.',
  totalCount: 'How many rows there are on all pages together.',
  name: 'What it is called.',

  // Coupons
  usageCount: 'How many orders have used it.',
  limitPerCustomer: 'How often one customer may use it; 0 for any number.',
  code: 'What the buyer types, unique in the location in any case.',
  ...sameAs(HIGHLEVEL_FIELDS, ['discountType', 'discountValue']),
  ...inEach(['create-coupon', 'get-coupon', 'update-coupon', 'list-coupons.data[]'], {
    status:
      '`scheduled` before its start, `expired` from its end or once it is used up, else `active`.',
  }),
  startDate: 'From when on it is good: ISO 8601 in UTC.',
  endDate: 'Until when it is good: ISO 8601 in UTC; absent for ever.',
  ...sameAs(HIGHLEVEL_FIELDS, ['applyToFuturePayments', 'applyToFuturePaymentsConfig']),
  ...sameAs(HIGHLEVEL_FIELDS, [
    'applyToFuturePaymentsConfig.type',
    'applyToFuturePaymentsConfig.duration',
    'applyToFuturePaymentsConfig.durationType',
  ]),
  productIds: 'The products that it is good for; empty for all.',
  priceIds: 'The prices that it is good for; empty for all.',
  variantIds: 'The variants that it is good for; empty for all.',

  // Providers
  ...sameAs(HIGHLEVEL_FIELDS, ['description', 'paymentsUrl', 'queryUrl', 'imageUrl']),
  locationId: 'The id of the location.',
  marketplaceAppId: 'The id of the app that registered the provider.',
  ...inEach(['create-config', 'fetch-config', 'create-integration'], {
    paymentProvider: 'The keys by mode.',
  }),
  providerConfig: 'The same as `paymentProvider`.',
  live: 'Live mode.',
  test: 'Test mode.',
  'live.liveMode': 'Always true.',
  'test.liveMode': 'Always false.',
  apiKey: 'The secret key of the mode; only reading shows it, once the app is connected.',
  publishableKey: 'The public key of the mode; only reading shows it, once the app is connected.',
  deleted: 'Always false.',
  providers: 'The white-label providers of the location.',
  ...sameAs(HIGHLEVEL_FIELDS, ['title', 'provider']),
  route: 'The `uniqueName` that was sent.',

  // Subscriptions
  ...inEach(SUBSCRIPTIONS, {
    amount: 'What each period costs, in major units.',
    status:
      'Of one that is charged here `trialing`, `scheduled`, `active`, `past_due`, `canceled` or `expired`; else as it was told.',
    entityType: 'What it began with, such as `order`.',
    entityId: 'The id of what it began with.',
    subscriptionId: 'What the provider that renews it calls it.',
    ipAddress: "The subscriber's address.",
  }),
  subscriptionSnapshot: 'The subscription as its provider described it.',
  'list-subscriptions.data[].entitySourceType': 'What kind of source it came from.',
  entitySourceName: 'What the source is called.',
  'list-subscriptions.data[].entitySourceId': 'The id of the source.',
  entitySourceMeta: 'More about the source.',
  'get-subscription-by-id.entitySource': 'Where the subscription came from.',
  'get-subscription-by-id.paymentProvider': 'Who charges it: `type`, and the connected account.',
  'list-subscriptions.data[].paymentProviderType': 'Who charges it.',
  paymentProviderConnectedAccount: 'The id of the account at the provider.',
  paymentsCollectedCount:
    'How many of its payments succeeded: ours, with `getPaymentsCollectedCount` only.',
  meta: 'More about it, as the shop described it.',
  markAsTest: 'Whether it is of the sandbox.',
  schedule: 'When it is charged: `rrule` with its interval, start and number of payments.',
  autoPayment: 'What it is charged to, as the shop described it.',
  recurringProduct: 'What is paid again and again, with its `name`.',
  canceledAt: 'When it was cancelled.',
  canceledBy: 'Who cancelled it.',
};
