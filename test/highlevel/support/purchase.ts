import type { Paylands } from './paylands.ts';

/** What a shop says of an order of 150.10 euros: two products, a contact, a website. */
export const SALE = {
  contactId: 'ff2JstbQJfRuofXzeT0M',
  contactSnapshot: {
    id: 'ff2JstbQJfRuofXzeT0M',
    firstName: 'Maxwell',
    lastName: 'Schmidt',
    email: 'maxwell@shop.example',
    tags: [],
  },
  source: {
    type: 'website',
    subType: 'store',
    id: 'nohc1pPZJlpZTpxJfLCp',
    name: 'Ecom Store',
    meta: { domain: 'shop.example', pageUrl: '/checkout' },
  },
  amountSummary: { subtotal: 138, discount: 0, tax: 12.1, shipping: 0 },
  taxSummary: [{ _id: '63770f5cecf298787c752075', name: '10%', rate: 10, amount: 12.1 }],
  coupon: { _id: '67f6c132d9485f9dacd5f123', code: 'SUMMER' },
  items: [
    {
      name: 'Classic tee - XL',
      qty: 2,
      product: { _id: '660ed1ff95e1dc88d5b0d346', name: 'Classic tee', availableInStore: true },
      price: { _id: '660ed20095e1dcd37bb0d392', name: 'XL', type: 'one_time', amount: 8.5 },
    },
    {
      name: 'Tea club',
      qty: 1,
      product: { _id: '64f84dea1e2c5ae21f0714dd', name: 'Tea club' },
      price: { _id: '64f84dec1e2c5ae21f0714e1', name: 'Monthly', type: 'recurring', amount: 121 },
    },
  ],
};

export const AMOUNT = 15_010;
export const TEE_PRICE = '660ed20095e1dcd37bb0d392';
export const TEA_PRICE = '64f84dec1e2c5ae21f0714e1';

/** An order of that purchase, made through the Paylands face. */
export const newPurchaseOf = (paylands: Paylands) =>
  paylands.createOrder({ amount: AMOUNT, extra_data: { highlevel: SALE } });
