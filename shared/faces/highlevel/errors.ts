import type { LedgerError, LedgerErrorCode } from '#ledger/core/errors.ts';
import { RequestError } from '#operation/http/errors.ts';

/** How HighLevel words what the ledger refuses (contract 1.7). `%` stands for the subject. */
const REFUSALS: Record<
  LedgerErrorCode,
  readonly [status: number, message: string | readonly string[]]
> = {
  // Documented as 400 wherever something is read; record-payment really answers 404.
  order_not_found: [400, 'Order not found'],
  transaction_not_found: [400, 'Transaction not found'],
  order_not_payable: [400, 'Order can no longer be paid'],
  order_already_paid: [400, 'Order is already paid'],
  payment_exceeds_due: [400, 'Amount exceeds what is due'],
  order_busy: [409, 'Payment recording already in progress'],
  order_full: [400, 'Order can hold no more'],
  price_not_in_order: [400, 'Price % is not part of the order'],
  fulfillment_exceeds_order: [400, 'Quantity of price % exceeds what is left to fulfill'],
  order_intent_mismatch: [400, 'Order is not a payment'],
  order_without_customer: [400, 'Order has no customer'],
  order_not_held: [400, 'Nothing is held'],
  partial_capture_not_allowed: [400, 'Partial capture is not allowed'],
  capture_exceeds_held: [400, 'Amount exceeds what is held'],
  order_not_refundable: [400, 'Order is not refundable'],
  refund_exceeds_captured: [400, 'Amount exceeds what was paid'],
  reference_already_paid: [409, 'Reference is already paid'],
  reference_too_long: [400, 'Reference is too long'],
  descriptor_not_valid: [400, 'Descriptor is not valid'],
  order_not_open: [400, 'Order can no longer be paid'],
  card_never_paid: [400, 'Card has no earlier payment'],
  payout_method_required: [400, 'Payout method is required'],
  payout_method_not_supported: [400, 'Payout method is not supported'],
  payout_destination_missing: [400, 'Payout has no account to go to'],
  payment_method_not_supported: [400, 'Payment method is not supported'],
  transfer_not_supported: [400, 'Transfers are not supported'],
  marketplace_shares_mismatch: [400, 'Shares do not add up'],
  phone_required: [400, 'Order has no telephone number'],
  customer_token_not_valid: [401, 'Token is not valid'],
  service_not_found: [400, 'Service not found'],
  card_not_found: [400, 'Card not found'],
  customer_not_found: [400, 'Customer not found'],
  customer_file_full: [400, 'Customer has too many of these'],
  profile_exists: [409, 'Customer profile already exists'],
  profile_not_found: [400, 'Customer profile not found'],
  address_not_found: [400, 'Customer address not found'],
  address_type_fixed: [400, 'Address type cannot be changed'],
  account_not_found: [400, 'Customer account not found'],
  bank_not_found: [400, 'Bank account not found'],
  source_not_found: [400, 'Source not found'],
  security_list_not_found: [400, 'List not found'],
  too_many_security_lists: [400, 'There are too many lists'],
  security_list_full: [400, 'The list is full'],
  security_lists_full: [400, 'The lists are full'],
  device_not_found: [400, 'Device not found'],
  device_busy: [400, 'Device has a pending transaction'],
  device_not_usable: [400, 'Device cannot be used'],
  // Coupons document no 400.
  coupon_not_found: [404, 'Coupon not found'],
  coupon_code_taken: [422, ['code is already used by another coupon']],
  // What clients look for; the documented text was seen by nobody.
  provider_not_found: [400, 'Marketplace payment config not found'],
  // Seen as plain text, unlike the lists of violations.
  provider_not_registered: [
    422,
    'Base config for integration is not created yet. Please create the base config before updating integration keys.',
  ],
  white_label_name_taken: [422, ['uniqueName is already used by another provider']],
  product_not_found: [400, 'Product not found'],
  product_exists: [409, 'Product already exists'],
  plan_not_found: [400, 'Plan not found'],
  plan_exists: [409, 'Plan already exists'],
  subscription_payment_not_found: [400, 'Payment not found'],
  subscription_not_found: [400, 'Subscription not found'],
  file_already_received: [400, 'File already received'],
  campaign_not_found: [400, 'MoTo campaign not found'],
  campaign_payment_not_found: [400, 'MoTo payment not found'],
  certificate_not_available: [400, 'MoTo payment has no certificate'],
  list_being_counted: [503, 'The list is being counted: ask again in some seconds'],
  acquirer_not_configured: [503, 'No live acquirer is configured'],
  write_conflict: [409, 'Conflict with another request'],
};

const NAMES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Payload Too Large',
  422: 'Unprocessable Entity',
  503: 'Service Unavailable',
};

/** Violations of the documented types, all of them at once (contract 1.7). */
export class ValidationError extends RequestError {
  readonly violations: readonly string[];

  constructor(violations: readonly string[]) {
    super(422, 'Unprocessable Entity');
    this.violations = violations;
  }
}

/** What an operation of the face may answer instead of its success. */
export type HighLevelErrorCode = LedgerErrorCode;

/** Documented as 400, and answered as 404 by some operations. */
const NOT_FOUND: readonly HighLevelErrorCode[] = ['order_not_found', 'provider_not_found'];

/** The documented status of an error, which depends on the operation where something is unknown. */
export function statusOf(code: HighLevelErrorCode, operation: { notFound?: 404 }): number {
  return NOT_FOUND.includes(code) ? (operation.notFound ?? 400) : REFUSALS[code][0];
}

/** The documented message of a refusal. */
export function messageOf({ code, subject }: LedgerError): string | readonly string[] {
  const [, wording] = REFUSALS[code];
  if (typeof wording !== 'string') return wording;
  return wording.replace('%', () => subject ?? '');
}

/**
 * The body of an error: the documented keys and those that live services answer, so that clients
 * written for either understand it (contract 1.7).
 */
export function errorBody(
  status: number,
  message: string | readonly string[],
  traceId: string,
): string {
  const error = NAMES[status] ?? 'Internal Server Error';
  return JSON.stringify({
    statusCode: status,
    status,
    message,
    error,
    name: 'HttpException',
    traceId,
  });
}
