/** What the contract says must be there (C.3–C.6); everything else may be left out. */
export const REQUIRED: Record<string, string[]> = {
  createOrder: ['amount', 'operative', 'description'],
  directPayment: ['order_uuid', 'card_uuid'],
  confirmPayment: ['order_uuid'],
  cancelPayment: ['order_uuid'],
  refundPayment: ['order_uuid'],
  createCustomer: ['customer_ext_id'],
  saveCard: ['customer_ext_id', 'card_holder', 'card_pan', 'card_expiry_month', 'card_expiry_year'],
  saveCards: [
    'cards',
    'cards[0].customer_ext_id',
    'cards[0].card_holder',
    'cards[0].card_pan',
    'cards[0].card_expiry_month',
    'cards[0].card_expiry_year',
  ],
  deleteCard: ['card_uuid', 'customer_external_id'],
  validateCard: ['source_uuid', 'customer_ext_id', 'service'],
  setCardAdditional: ['source_uuid'],
};
