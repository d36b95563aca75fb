import type { OrderDraft } from './order-commands.ts';

/** The fields of a new order that is not paid at a page: everything a page needs is empty. */
export const WITHOUT_PAGE = {
  reference: null,
  secure: false,
  sourceCard: null,
  dynamicDescriptor: null,
  template: null,
  dccTemplate: null,
  successUrl: null,
  failureUrl: null,
} satisfies Partial<OrderDraft>;
