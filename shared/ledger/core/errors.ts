import { withoutLikelyCardNumbers } from '#ledger/cards/card-numbers.ts';

/**
 * What the ledger refuses, in its own terms. Each face turns these into its documented answers in
 * one table; nothing else may leave the ledger as an error that a client is meant to see.
 */
export type LedgerErrorCode =
  | 'order_not_found'
  | 'transaction_not_found'
  | 'order_not_payable'
  | 'order_already_paid'
  | 'payment_exceeds_due'
  | 'order_busy'
  | 'price_not_in_order'
  | 'fulfillment_exceeds_order'
  | 'order_full'
  | 'order_intent_mismatch'
  | 'order_without_customer'
  | 'order_not_held'
  | 'partial_capture_not_allowed'
  | 'capture_exceeds_held'
  | 'order_not_refundable'
  | 'refund_exceeds_captured'
  | 'reference_already_paid'
  | 'reference_too_long'
  | 'descriptor_not_valid'
  | 'order_not_open'
  | 'card_never_paid'
  | 'payout_method_required'
  | 'payout_method_not_supported'
  | 'payout_destination_missing'
  | 'payment_method_not_supported'
  | 'transfer_not_supported'
  | 'marketplace_shares_mismatch'
  | 'phone_required'
  | 'customer_token_not_valid'
  | 'service_not_found'
  | 'card_not_found'
  | 'customer_not_found'
  | 'customer_file_full'
  | 'profile_exists'
  | 'profile_not_found'
  | 'address_not_found'
  | 'address_type_fixed'
  | 'account_not_found'
  | 'bank_not_found'
  | 'source_not_found'
  | 'security_list_not_found'
  | 'too_many_security_lists'
  | 'security_list_full'
  | 'security_lists_full'
  | 'device_not_found'
  | 'device_busy'
  | 'device_not_usable'
  | 'coupon_not_found'
  | 'coupon_code_taken'
  | 'provider_not_found'
  | 'provider_not_registered'
  | 'white_label_name_taken'
  | 'product_not_found'
  | 'product_exists'
  | 'plan_not_found'
  | 'plan_exists'
  | 'subscription_not_found'
  | 'file_already_received'
  | 'campaign_not_found'
  | 'campaign_payment_not_found'
  | 'certificate_not_available'
  | 'subscription_payment_not_found'
  | 'list_being_counted'
  | 'acquirer_not_configured'
  | 'write_conflict';

export class LedgerError extends Error {
  readonly code: LedgerErrorCode;
  /** What the error is about: an identifier, never a card number or a secret. */
  readonly subject: string | null;

  /** The reason, or what would be valid, in words for people; null when there is nothing to add. */
  readonly hint: string | null;

  constructor(code: LedgerErrorCode, subject: string | null = null, hint: string | null = null) {
    super(code);
    this.name = 'LedgerError';
    this.code = code;
    this.subject = subject === null ? null : withoutLikelyCardNumbers(subject);
    this.hint = hint;
  }
}

/** Another write came first: the work is to be done again from a fresh read. */
export class LostRace extends Error {
  override name = 'LostRace';
}

/** Nobody said in time whether a commit was written: it may be written now or later. */
export class OutcomeUnknown extends Error {
  override name = 'OutcomeUnknown';
}

/** Whether the same request may succeed a moment later, so that its refusal must not be kept. */
export function isTransient(error: LedgerError): boolean {
  return ['order_busy', 'device_busy', 'write_conflict', 'acquirer_not_configured'].includes(
    error.code,
  );
}
