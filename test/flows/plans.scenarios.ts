import { expect } from 'vitest';
import { type Scenario, type ScenarioRequest, step } from './scenario.ts';

export const createProduct = (fields: object = {}): ScenarioRequest => ({
  operation: 'createSubscriptionProduct',
  body: { name: 'Streaming', external_id: '$reference', ...fields },
});

export const createPlan = (fields: object = {}): ScenarioRequest => ({
  operation: 'createSubscriptionPlan',
  body: {
    name: 'Monthly',
    external_id: '$reference',
    product: '$reference',
    amount: 499,
    interval: 1,
    interval_type: 'MONTHLY',
    ...fields,
  },
});

const onProduct = (operation: string): ScenarioRequest => ({
  operation,
  params: { product_external_id: '$reference' },
});

const onPlan = (operation: string): ScenarioRequest => ({
  operation,
  params: { plan_external_id: '$reference' },
});

const deleting = (request: ScenarioRequest): ScenarioRequest => ({ ...request, body: {} });

export const product = step('product', createProduct());
export const plan = [product, step('plan', createPlan())];
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);

const companies: Scenario[] = [
  {
    title: 'registers the merchant, the same every time',
    before: [step('first', { operation: 'createSubscriptionCompany', body: {} })],
    request: { operation: 'createSubscriptionCompany', body: {} },
    status: 200,
    body: { company: '$first.company' },
  },
];

const products: Scenario[] = [
  {
    title: 'creates a product',
    request: createProduct({ notification_url: 'https://shop.example/notify', sandbox: false }),
    status: 200,
    body: {
      product: {
        name: 'Streaming',
        external_id: '$reference',
        sandbox: true,
        notification_url: 'https://shop.example/notify',
        created_at: TIME,
        updated_at: TIME,
      },
    },
  },
  {
    title: 'creates a product that tells nobody',
    request: createProduct({ notification_url: '' }),
    status: 200,
    body: { product: { notification_url: null } },
  },
  {
    title: 'does not create a product with an id that is taken',
    before: [product],
    request: createProduct({ name: 'Other' }),
    status: 409,
    body: { details: expect.stringMatching(/^Product already exists: reference-/) },
  },
  {
    title: 'does not create a product without a name, or with a wrong URL',
    request: createProduct({ name: '', notification_url: 'ftp://shop.example' }),
    status: 400,
    body: { details: 'Field name is not valid, Field notification_url is not valid' },
  },
  {
    title: 'reads a product',
    before: [product],
    request: onProduct('getSubscriptionProduct'),
    status: 200,
    body: { product: '$product.product' },
  },
  { title: 'is unknown', request: onProduct('getSubscriptionProduct'), status: 404 },
  {
    title: 'lists products',
    before: [product],
    request: { operation: 'listSubscriptionProducts' },
    status: 200,
    body: { products: expect.any(Array) },
  },
  {
    title: 'deletes a product',
    before: [product],
    request: deleting(onProduct('deleteSubscriptionProduct')),
    status: 200,
    body: { deleted: 1 },
  },
  {
    title: 'does not delete a product twice',
    before: [product, step('deleted', deleting(onProduct('deleteSubscriptionProduct')))],
    request: deleting(onProduct('deleteSubscriptionProduct')),
    status: 404,
  },
  {
    title: 'creates a product again that was deleted',
    before: [product, step('deleted', deleting(onProduct('deleteSubscriptionProduct')))],
    request: createProduct({ name: 'Again' }),
    status: 200,
    body: { product: { name: 'Again' } },
  },
];

const plans: Scenario[] = [
  {
    title: 'creates a plan',
    before: [product],
    request: createPlan(),
    status: 200,
    body: {
      plan: {
        name: 'Monthly',
        external_id: '$reference',
        amount: 499,
        interval: 1,
        interval_type: 'MONTHLY',
        trial_available: false,
        interval_offset: null,
        interval_offset_type: null,
        created_at: TIME,
        updated_at: TIME,
        product: '$product.product',
      },
    },
  },
  {
    title: 'creates a plan with a trial, and takes what the SDK calls a year',
    before: [product],
    request: createPlan({
      interval: '2',
      interval_type: 'YEARLY',
      trial_available: '1',
      interval_offset: 3,
      interval_offset_type: 'weekly',
    }),
    status: 200,
    body: {
      plan: {
        interval: 2,
        interval_type: 'ANNUAL',
        trial_available: true,
        interval_offset: 3,
        interval_offset_type: 'WEEKLY',
      },
    },
  },
  {
    title: 'keeps what was said of a trial that there is not',
    before: [product],
    request: createPlan({ interval_offset: null, interval_offset_type: 'WEEKLY' }),
    status: 200,
    body: {
      plan: { trial_available: false, interval_offset: null, interval_offset_type: 'WEEKLY' },
    },
  },
  {
    title: 'does not create a plan of an unknown product',
    request: createPlan(),
    status: 404,
    body: { details: expect.stringMatching(/^Product not found: reference-/) },
  },
  {
    title: 'does not create a plan with an id that is taken',
    before: plan,
    request: createPlan(),
    status: 409,
    body: { details: expect.stringMatching(/^Plan already exists: reference-/) },
  },
  {
    title: 'names every wrong field of a plan',
    before: [product],
    request: createPlan({ amount: -1, interval: 0, interval_type: 'HOURLY', name: null }),
    status: 400,
    body: {
      details:
        'Field name is not valid, Field amount is not valid, Field interval is not valid, Field interval_type is not valid',
    },
  },
  {
    title: 'does not create a plan with a trial of no length',
    before: [product],
    request: createPlan({ trial_available: true }),
    status: 400,
    body: { details: 'Field interval_offset is required, Field interval_offset_type is required' },
  },
  {
    title: 'reads a plan',
    before: plan,
    request: onPlan('getSubscriptionPlan'),
    status: 200,
    body: { plan: '$plan.plan' },
  },
  { title: 'is unknown', request: onPlan('getSubscriptionPlan'), status: 404 },
  {
    title: 'lists plans',
    before: plan,
    request: { operation: 'listSubscriptionPlans' },
    status: 200,
    body: { plans: expect.any(Array) },
  },
  {
    title: 'deletes a plan',
    before: plan,
    request: deleting(onPlan('deleteSubscriptionPlan')),
    status: 200,
    body: { deleted: 1 },
  },
  {
    title: 'does not delete an unknown plan',
    request: deleting(onPlan('deleteSubscriptionPlan')),
    status: 404,
  },
  {
    title: 'reads a plan whose product was deleted',
    before: [...plan, step('deleted', deleting(onProduct('deleteSubscriptionProduct')))],
    request: onPlan('getSubscriptionPlan'),
    status: 200,
    body: { plan: { product: '$product.product' } },
  },
];

/** Contract C.11: what can be subscribed to. */
export const planScenarios: Scenario[] = [...companies, ...products, ...plans];
