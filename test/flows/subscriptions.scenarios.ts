import { expect } from 'vitest';
import { createPlan, plan, product } from './plans.scenarios.ts';
import { OTHER_PAN, type Scenario, type ScenarioRequest, saveCard, step } from './scenario.ts';

/** Additional data, as the documentation has it. */
const data = (fields: object = {}) => ({
  operative: 'AUTHORIZATION',
  source_uuid: '$card.Source.uuid',
  customer_ext_id: '$customer',
  service: '$services.redsys',
  ...fields,
});

export const subscribe = (fields: object = {}, dataFields: object = {}): ScenarioRequest => ({
  operation: 'subscribeCustomer',
  body: {
    plan: '$reference',
    customer: '$customer',
    additional_data: data(dataFields),
    total_payment_number: 3,
    payment_attempts_limit: 3,
    ...fields,
  },
});

const onSubscription = (operation: string, fields: object = {}): ScenarioRequest => ({
  operation,
  params: { subscription_id: '$subscribed.subscription.id' },
  ...fields,
});

const card = step('card', saveCard());
const ready = [...plan, card];
const trial = { trial_available: true, interval_offset: 1, interval_offset_type: 'WEEKLY' };
const inTrial = [product, step('plan', createPlan(trial)), card];
const subscribed = [...ready, step('subscribed', subscribe())];
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
const ID = expect.stringMatching(/^[0-9a-f]{24}$/);

const PAID = {
  id: ID,
  status: 'PAID',
  payment_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  payment_number: 1,
  attempt: 1,
  amount: 499,
  created_at: TIME,
  updated_at: TIME,
  payment_details: expect.stringMatching(
    /^\{"order_uuid":"[0-9A-F-]{36}","source_uuid":"[0-9A-F-]{36}","transaction_uuid":"[0-9A-F-]{36}"\}$/,
  ),
};

const failed = {
  subscription: {
    active: true,
    status: 'FAILED_NOTIFICATION',
    total_payment_charged: 0,
    payments: [{ status: 'FAILED_NOTIFICATION', attempt: 1, payment_details: null }],
  },
};

const subscribing: Scenario[] = [
  {
    title: 'charges at once without a trial',
    before: ready,
    request: subscribe({}, { additional: 'a/b' }),
    status: 200,
    body: {
      subscription: {
        id: ID,
        active: true,
        status: 'PAID',
        total_payment_number: 3,
        total_payment_charged: 1,
        payment_attempts_limit: 3,
        first_charge_date: TIME,
        next_charge_date: TIME,
        additional_data: expect.stringMatching(
          /^\{"operative":"AUTHORIZATION","source_uuid":"[^"]+","customer_ext_id":"customer-\d+","service":"[^"]+","additional":"a\\\/b"\}$/,
        ),
        created_at: TIME,
        updated_at: TIME,
        plan: '$plan.plan',
        payments: [PAID],
      },
    },
  },
  {
    title: 'charges nothing in a trial',
    before: inTrial,
    request: subscribe(),
    status: 200,
    body: { subscription: { active: true, status: 'CREATED', payments: [] } },
  },
  {
    title: 'charges nothing before the first date, whatever the trial',
    before: inTrial,
    request: subscribe({ initial_date: '2030-02-28' }),
    status: 200,
    body: {
      subscription: {
        status: 'CREATED',
        first_charge_date: '2030-02-28 00:00:00',
        next_charge_date: '2030-02-28 00:00:00',
        payments: [],
      },
    },
  },
  {
    title: 'takes a date with a time and an offset',
    before: ready,
    request: subscribe({ initial_date: '2030-07-01T10:00:00+00:00' }),
    status: 200,
    body: { subscription: { first_charge_date: '2030-07-01 12:00:00' } },
  },
  ...['2019', '2019-12-04', '2030-02-30', '2030-13-01', '9999-01-01', 'tomorrow'].map((date) => ({
    title: `does not take ${date} for the first payment`,
    before: ready,
    request: subscribe({ initial_date: date }),
    status: 400,
    body: { details: 'Field initial_date is not valid' },
  })),
  {
    title: 'subscribes with a service that is not there, and says that it cannot be charged',
    before: ready,
    request: subscribe({}, { service: 'F46ER1Q8' }),
    status: 200,
    body: failed,
  },
  {
    title: 'subscribes with a card that is not there, and says that it cannot be charged',
    before: ready,
    request: subscribe({}, { source_uuid: '$unknown' }),
    status: 200,
    body: failed,
  },
  {
    title: 'subscribes with the card of another customer, and says that it cannot be charged',
    before: ready,
    request: subscribe({}, { customer_ext_id: 'somebody-else' }),
    status: 200,
    body: failed,
  },
  {
    title: 'subscribes with a card that is refused, and says so',
    before: [...plan, step('card', saveCard({ card_pan: OTHER_PAN }))],
    request: subscribe(),
    status: 200,
    body: {
      subscription: {
        active: true,
        status: 'DENIED',
        total_payment_charged: 0,
        next_charge_date: TIME,
        payments: [{ ...PAID, status: 'DENIED' }],
      },
    },
  },
  {
    title: 'ends a subscription whose only attempt is refused',
    before: [...plan, step('card', saveCard({ card_pan: OTHER_PAN }))],
    request: subscribe({ payment_attempts_limit: 1 }),
    status: 200,
    body: { subscription: { active: false, status: 'DENIED', next_charge_date: null } },
  },
  {
    title: 'completes a subscription of one payment',
    before: ready,
    request: subscribe({ total_payment_number: '1' }),
    status: 200,
    body: { subscription: { active: false, status: 'PAID', next_charge_date: null } },
  },
  {
    title: 'holds the money of a deferred subscription',
    before: ready,
    request: subscribe({}, { operative: 'DEFERRED' }),
    status: 200,
    body: { subscription: { status: 'ISSUED', payments: [{ status: 'ISSUED' }] } },
  },
  {
    title: 'asks nobody for the money of a free plan',
    before: [product, step('plan', createPlan({ amount: 0 })), card],
    request: subscribe(),
    status: 200,
    body: {
      subscription: { status: 'PAID', payments: [{ status: 'PAID', payment_details: null }] },
    },
  },
  {
    title: 'takes additional data as the text that answers have',
    before: [...ready, step('first', subscribe())],
    request: subscribe({ additional_data: '$first.subscription.additional_data' }),
    status: 200,
    body: { subscription: { status: 'PAID' } },
  },
  {
    title: 'does not subscribe to an unknown plan',
    before: [card],
    request: subscribe(),
    status: 404,
    body: { details: expect.stringMatching(/^Plan not found: reference-/) },
  },
  {
    title: 'does not subscribe to a plan whose product was deleted',
    before: [
      ...ready,
      step('deleted', {
        operation: 'deleteSubscriptionProduct',
        params: { product_external_id: '$reference' },
        body: {},
      }),
    ],
    request: subscribe(),
    status: 404,
    body: { details: expect.stringMatching(/^Product not found: reference-/) },
  },
  {
    title: 'names every wrong field of a subscription',
    before: ready,
    request: subscribe({
      customer: '',
      additional_data: { operative: 'PAYOUT' },
      total_payment_number: 0,
      payment_attempts_limit: 1.5,
    }),
    status: 400,
    body: {
      details: [
        'Field customer is not valid',
        'Field additional_data.operative is not valid',
        'Field additional_data.source_uuid is required',
        'Field additional_data.service is required',
        'Field total_payment_number is not valid',
        'Field payment_attempts_limit is not valid',
      ].join(', '),
    },
  },
];

const reading: Scenario[] = [
  {
    title: 'reads a subscription with its payments',
    before: subscribed,
    request: onSubscription('getSubscription'),
    status: 200,
    body: { subscription: '$subscribed.subscription' },
  },
  {
    title: 'reads no unknown subscription',
    request: { operation: 'getSubscription', params: { subscription_id: '$unknown' } },
    status: 404,
    body: { details: expect.stringMatching(/^Subscription not found: /) },
  },
  {
    title: 'lists subscriptions, newest first',
    before: [...subscribed, step('second', subscribe())],
    request: { operation: 'listSubscriptions', suffix: '?limit=1' },
    status: 200,
    body: { subscriptions: ['$second.subscription'], next_offset: 1 },
  },
  {
    title: 'lists no more subscriptions than an answer holds',
    request: { operation: 'listSubscriptions', suffix: '?limit=501&offset=-1' },
    status: 400,
    body: { details: 'Field limit is not valid, Field offset is not valid' },
  },
  {
    title: 'reads a payment',
    before: subscribed,
    request: {
      operation: 'getSubscriptionPayment',
      params: { payment_id: '$subscribed.subscription.payments.0.id' },
    },
    status: 200,
    body: { payment: '$subscribed.subscription.payments.0' },
  },
  {
    title: 'reads no unknown payment',
    request: { operation: 'getSubscriptionPayment', params: { payment_id: '$unknown' } },
    status: 404,
    body: { details: expect.stringMatching(/^Payment not found: /) },
  },
  {
    title: 'lists payments, newest first',
    before: [...subscribed, step('second', subscribe())],
    request: { operation: 'listSubscriptionPayments', suffix: '?limit=1' },
    status: 200,
    body: { payments: ['$second.subscription.payments.0'], next_offset: 1 },
  },
  {
    title: 'lists no more payments than an answer holds',
    request: { operation: 'listSubscriptionPayments', suffix: '?limit=0' },
    status: 400,
  },
];

const cancelling: Scenario[] = [
  {
    title: 'cancels a subscription',
    before: subscribed,
    request: onSubscription('cancelSubscription', { body: {} }),
    status: 200,
    body: { deleted: 1 },
  },
  {
    title: 'cancels a subscription again',
    before: [...subscribed, step('first', onSubscription('cancelSubscription', { body: {} }))],
    request: onSubscription('cancelSubscription', { body: {} }),
    status: 200,
    body: { deleted: 1 },
  },
  {
    title: 'does not cancel an unknown subscription',
    request: {
      operation: 'cancelSubscription',
      params: { subscription_id: '$unknown' },
      body: {},
    },
    status: 404,
  },
  {
    title: 'reads a subscription that was cancelled',
    before: [...subscribed, step('gone', onSubscription('cancelSubscription', { body: {} }))],
    request: onSubscription('getSubscription'),
    status: 200,
    body: {
      subscription: { active: false, status: 'PAID', next_charge_date: null, payments: [PAID] },
    },
  },
  {
    title: 'reads a subscription whose product and plan were deleted',
    before: [
      ...subscribed,
      step('product', {
        operation: 'deleteSubscriptionProduct',
        params: { product_external_id: '$reference' },
        body: {},
      }),
      step('plan', {
        operation: 'deleteSubscriptionPlan',
        params: { plan_external_id: '$reference' },
        body: {},
      }),
    ],
    request: onSubscription('getSubscription'),
    status: 200,
    body: { subscription: { active: true, plan: '$subscribed.subscription.plan' } },
  },
];

/** Contract C.11: who subscribed, and what was paid. */
export const subscriptionScenarios: Scenario[] = [...subscribing, ...reading, ...cancelling];
