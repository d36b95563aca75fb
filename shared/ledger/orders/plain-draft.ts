import type { OrderDraft } from './order-commands.ts';

/** What a new order says that nobody is to pay at a page: what that would need is not there. */
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
