/** The location, its company and its app; HighLevel's ids have 20 letters and digits. */
export const LOCATION = 'pasarelaDemoLocation';
export const COMPANY = 'pasarelaDemoCompany1';
export const APP = '65f0b217a05c774da7f1efa5';

const TEE = {
  name: 'Classic tee - M / Navy',
  qty: 2,
  product: { _id: '660ed1ff95e1dc88d5b0d346', name: 'Classic tee', availableInStore: true },
  price: { _id: '660ed20095e1dcd37bb0d392', name: 'M / Navy', type: 'one_time', amount: 17 },
};

const TEA = {
  name: 'Green tea, 500 g',
  qty: 1,
  product: { _id: '64f84dea1e2c5ae21f0714dd', name: 'Green tea', availableInStore: true },
  price: { _id: '64f84dec1e2c5ae21f0714e1', name: '500 g', type: 'one_time', amount: 12.5 },
};

const STORE = { type: 'website', subType: 'store', id: 'pasarelaDemoWebsite1', name: 'Demo store' };
const FUNNEL = {
  type: 'funnel',
  subType: 'two_step_order_form',
  id: 'pasarelaDemoFunnel01',
  name: 'Tea funnel',
};

const ADA = {
  contactId: 'pasarelaDemoContactA',
  contactSnapshot: { firstName: 'Ada', lastName: 'Byron', email: 'ada@shop.example' },
};
const LUIS = {
  contactId: 'pasarelaDemoContactL',
  contactSnapshot: { firstName: 'Luis', lastName: 'Vega', email: 'luis@shop.example' },
};

const common = { altId: LOCATION, altType: 'location', currency: 'EUR', liveMode: false };

/** Orders as HighLevel's OrderCreate events tell of them; a completed one was paid elsewhere. */
export const ORDERS = [
  {
    ...common,
    ...ADA,
    _id: '69f1a2200000000000000001',
    createdAt: '2026-04-29T06:16:00.000Z',
    status: 'completed',
    amount: 46.5,
    amountSummary: { subtotal: 46.5, discount: 0, tax: 0, shipping: 0 },
    source: STORE,
    items: [TEE, TEA],
  },
  {
    ...common,
    ...LUIS,
    _id: '6a2d4f200000000000000002',
    createdAt: '2026-06-13T12:37:52.000Z',
    status: 'pending',
    amount: 12.5,
    amountSummary: { subtotal: 12.5, discount: 0 },
    source: FUNNEL,
    items: [TEA],
  },
  {
    ...common,
    ...ADA,
    _id: '6a8f0bc00000000000000003',
    createdAt: '2026-08-26T15:52:32.000Z',
    status: 'pending',
    amount: 34,
    amountSummary: { subtotal: 34, discount: 0 },
    source: STORE,
    items: [TEE],
  },
] as const;

/** How much of the last order was paid at the counter, in minor units. */
export const PAID_AT_COUNTER = 1000;

const coupon = {
  startsAt: '2026-01-01T00:00:00.000Z',
  endsAt: null,
  usageLimit: null,
  customerLimit: null,
  products: [],
  prices: [],
  variants: [],
  renewals: { isApplied: true, months: null },
};

export const COUPONS = [
  {
    ...coupon,
    name: 'Welcome',
    code: 'WELCOME10',
    discount: { type: 'percentage' as const, value: 10 },
  },
  {
    ...coupon,
    name: 'Tea week',
    code: 'TEA5',
    discount: { type: 'amount' as const, value: 5 },
    startsAt: '2030-05-01T00:00:00.000Z',
  },
];
