/** A request to an operation of the catalog. Text that begins with `$` is a reference. */
export interface ScenarioRequest {
  operation: string;
  /** One of the operation's routes; by default the documented one. */
  route?: string;
  /** Appended to the path: `/`, or a query. */
  suffix?: string;
  params?: Record<string, string>;
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** A request that must succeed; its answer is known by a name from then on. */
export interface Step extends ScenarioRequest {
  as: string;
  /** Besides 200. */
  mayBe?: number;
  /** Asks again until it succeeds, for what happens in the background. */
  patiently?: true;
  /** Asks again until the answer has this text at a dotted path. */
  until?: { path: string; is: string };
}

/**
 * One example of an operation's behaviour. References name what was there before:
 * `$customer` and `$reference` are new ones, `$unknown` is a uuid of nothing, `$services.redsys` a
 * service of the merchant, and `$order.order.uuid` a part of the answer of the step `order`;
 * `$order.order.uuid|lower` is that in lower case. `{ $csv: [[…], […]] }` is a CSV file as base64.
 * `$device` is a terminal of its own, `$socket` one that is not connected.
 * `$tomorrow` is a day from now,
 * `$nextMonth` the date in thirty days.
 */
export interface Scenario {
  title: string;
  /** A key would make it another request, not a repetition. */
  withoutKey?: true;
  /** Whether its refusal is kept for the key, where its words look like those of validation. */
  isKept?: true;
  before?: readonly Step[];
  request: ScenarioRequest;
  status: number;
  /** What the answer holds at least. */
  body?: Record<string, unknown>;
  /** Dotted paths that the answer must not have. */
  without?: readonly string[];
}

const ORDER = {
  amount: 1000,
  operative: 'AUTHORIZATION',
  description: 'Test',
  customer_ext_id: '$customer',
  service: '$services.redsys',
};

export const CARD = {
  customer_ext_id: '$customer',
  card_holder: 'Jane Doe',
  card_pan: '4548812049400004',
  card_expiry_month: '12',
  card_expiry_year: '34',
};

/** Refused by Redsys, and a card like any other until it pays or is validated. */
export const OTHER_PAN = '4111111111111111';

/** Fields of a card to check before it is kept. */
export const validated = { validate: true, service: '$services.redsys' };

export const createOrder = (fields: object = {}): ScenarioRequest => ({
  operation: 'createOrder',
  body: { ...ORDER, ...fields },
});

export const saveCard = (fields: object = {}): ScenarioRequest => ({
  operation: 'saveCard',
  body: { ...CARD, ...fields },
});

export const directPayment = (fields: object = {}): ScenarioRequest => ({
  operation: 'directPayment',
  body: { order_uuid: '$order.order.uuid', card_uuid: '$card.Source.uuid', ...fields },
});

/** An operation on the step `order`. */
export const onOrder = (operation: string, fields: object = {}): ScenarioRequest => ({
  operation,
  body: { order_uuid: '$order.order.uuid', ...fields },
});

export const step = (as: string, request: ScenarioRequest): Step => ({ as, ...request });

/** An order and a card that can pay it. */
export const payable = (orderFields: object = {}, cardFields: object = {}): Step[] => [
  step('order', createOrder(orderFields)),
  step('card', saveCard(cardFields)),
];

export const paid = (fields: object = {}): Step[] => [
  ...payable(fields),
  step('charge', directPayment()),
];

/** An order whose reference another order has just been paid with. */
export const referenceTaken = (fields: object = {}): Step[] => [
  step('order', createOrder({ reference: '$reference', ...fields })),
  step('other', createOrder({ reference: '$reference' })),
  step('card', saveCard()),
  step('charge', directPayment({ order_uuid: '$other.order.uuid' })),
];

export const held = (fields: object = {}): Step[] => paid({ operative: 'DEFERRED', ...fields });
