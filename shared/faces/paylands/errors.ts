import type { LedgerError, LedgerErrorCode } from '#ledger/core/errors.ts';

/** What the face itself answers instead of a success, and its pages, with the status. */
const OWN = {
  buyer_must_authenticate: 303,
  wallet_payload_not_readable: 303,
  card_validation_refused: 400,
  phone_prefix_missing: 400,
  pci_key_required: 403,
  page_leads_on: 303,
  frame_field_not_valid: 400,
  page_not_found: 404,
  form_not_valid: 422,
} as const;

/** An error of the face itself. */
export type OwnErrorCode = keyof typeof OWN;

/** What an operation of the face may answer instead of its success. */
export type PaylandsErrorCode = LedgerErrorCode | OwnErrorCode;

/** The documented status of an error. */
export function statusOf(code: PaylandsErrorCode): number {
  return isOwn(code) ? OWN[code] : REFUSALS[code][0];
}

function isOwn(code: PaylandsErrorCode): code is OwnErrorCode {
  return Object.hasOwn(OWN, code);
}

/**
 * How Paylands words what the ledger refuses (contract A.5). `%` stands for the subject, `&` for
 * what would have been right.
 */
const REFUSALS: Readonly<Record<LedgerErrorCode, readonly [status: number, details: string]>> = {
  order_not_found: [404, 'Order not found: %'],
  transaction_not_found: [404, 'Transaction not found: %'],
  order_not_payable: [404, 'Order token not found'],
  order_already_paid: [404, 'Order token not found: the order is already paid'],
  payment_exceeds_due: [400, 'Amount exceeds what is due'],
  price_not_in_order: [400, 'Price not in the order: %'],
  fulfillment_exceeds_order: [400, 'More than is left to fulfil'],
  order_busy: [409, 'Order has a pending transaction: read the order until it is finished'],
  order_full: [400, 'Order has too many transactions'],
  order_intent_mismatch: [
    400,
    'Order operative does not allow this operation: payments need AUTHORIZATION or DEFERRED, payouts need PAYOUT',
  ],
  order_without_customer: [400, 'Order has no customer_ext_id: create it with that of the card'],
  order_not_held: [
    400,
    'Order has no confirmation transaction: only an order in PENDING_CONFIRMATION can be confirmed or cancelled',
  ],
  partial_capture_not_allowed: [
    400,
    'Partial confirmation is not allowed by the service: leave amount out',
  ],
  capture_exceeds_held: [400, 'Confirmation amount exceeds the held amount'],
  order_not_refundable: [400, 'Order is not refundable'],
  refund_exceeds_captured: [400, 'Refund amount exceeds the refundable amount'],
  reference_already_paid: [409, 'Reference already paid: %'],
  reference_too_long: [
    400,
    'Reference is too long for the service: it must have 88 characters at most',
  ],
  descriptor_not_valid: [
    400,
    'Dynamic descriptor is not valid for the service: dynamic_descriptor must be 1 to 38 letters, digits and blanks',
  ],
  order_not_open: [400, 'Order cannot be paid any more'],
  card_never_paid: [400, 'Card has no earlier payment at the terminal: %'],
  payout_method_required: [
    400,
    'The service has several ways of payout: apm is required (&), or source_uuid for a card',
  ],
  payout_method_not_supported: [400, 'The service has no payout by apm %: it has &'],
  payout_destination_missing: [
    400,
    'A payout by TRANSFER needs an account of the customer to go to: source_uuid must name one unless the customer has exactly one',
  ],
  payment_method_not_supported: [400, 'The service does not take apm %: it takes &'],
  transfer_not_supported: [
    400,
    'Field operative is not valid: TRANSFER is not supported, send money with PAYOUT',
  ],
  marketplace_shares_mismatch: [
    400,
    'The shares of extra_data.marketplace_refunds do not add up to the refund: %',
  ],
  phone_required: [
    400,
    'Order has no telephone number in extra_data.profile.phone, such as {"prefix":"+34","number":"600000000"}',
  ],
  customer_token_not_valid: [401, 'Token is not valid'],
  service_not_found: [400, 'Service not found: %'],
  card_not_found: [404, 'Card not found: %'],
  customer_not_found: [404, 'Customer not found: %'],
  customer_file_full: [400, 'Customer has too many of these: %'],
  profile_exists: [409, 'Customer profile already exists: %'],
  profile_not_found: [404, 'Customer profile not found: %'],
  address_not_found: [404, 'Customer address not found: %'],
  address_type_fixed: [400, 'Address type cannot be changed: %'],
  account_not_found: [404, 'Customer account not found: %'],
  bank_not_found: [404, 'Bank account not found: %'],
  source_not_found: [404, 'Source not found: %'],
  security_list_not_found: [404, 'List not found: %'],
  too_many_security_lists: [400, 'There are too many lists: delete one first'],
  security_list_full: [400, 'The list cannot take so many items: it has &'],
  security_lists_full: [400, 'All lists together cannot take so many items: they have &'],
  device_not_found: [404, 'Device not found: %'],
  device_busy: [400, 'Device % have a pending transaction yet!'],
  device_not_usable: [400, 'Device % cannot be used: &'],
  coupon_not_found: [404, 'Coupon not found: %'],
  coupon_code_taken: [409, 'Coupon code already used: %'],
  provider_not_found: [404, 'Provider not found'],
  provider_not_registered: [400, 'Provider is not registered'],
  white_label_name_taken: [409, 'Provider name already used: %'],
  product_not_found: [404, 'Product not found: %'],
  product_exists: [409, 'Product already exists: %'],
  plan_not_found: [404, 'Plan not found: %'],
  plan_exists: [409, 'Plan already exists: %'],
  subscription_payment_not_found: [404, 'Payment not found: %'],
  subscription_not_found: [404, 'Subscription not found: %'],
  file_already_received: [
    409,
    'File already received as batch %: send it with a new Idempotency-Key to have it done again',
  ],
  campaign_not_found: [404, 'MoTo campaign not found: %'],
  campaign_payment_not_found: [404, 'MoTo payment not found: %'],
  certificate_not_available: [400, 'MoTo payment has no certificate'],
  list_being_counted: [503, 'The list is being counted: ask again in some seconds'],
  acquirer_not_configured: [503, 'No live acquirer is configured'],
  write_conflict: [409, 'Conflict with another request'],
};

/**
 * The documented status and details of a refusal, and why, as far as the ledger knows: clients
 * compare statuses, people read details.
 */
export function refusalOf({ code, subject, hint }: LedgerError): {
  status: number;
  details: string;
} {
  const [status, wording] = REFUSALS[code];
  const details = wording.replace('%', () => subject ?? '');
  if (details.includes('&')) return { status, details: details.replace('&', () => hint ?? '') };
  return { status, details: hint === null ? details : `${details}: ${hint}` };
}
