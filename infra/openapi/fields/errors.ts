import type { PaylandsErrorCode } from '#faces/paylands/errors.ts';
import type { LedgerErrorCode } from '#ledger/core/errors.ts';
import type { FieldTexts } from './texts.ts';

/**
 * When an error is answered, by its code, or as `refundPayment.order_full` when that is another
 * thing in one operation. Declarations do not carry these texts: they would be in every bundle.
 */
const LEDGER: Readonly<Record<LedgerErrorCode, string>> = {
  order_not_found: 'The order is unknown',
  transaction_not_found: 'The transaction is unknown',
  order_not_payable: 'The order is unknown, consumed or expired',
  order_already_paid: 'The order is paid',
  payment_exceeds_due: 'More than is due',
  order_busy: 'Another transaction of the order is under way',
  price_not_in_order: 'A price is not part of the order',
  fulfillment_exceeds_order: 'More of a price than is left to fulfil',
  order_full: 'The order has no room for another transaction',
  order_intent_mismatch: 'The order is not a payment',
  order_without_customer: 'The order has no customer',
  order_not_held: 'Nothing is held',
  partial_capture_not_allowed: 'The service confirms only all that is held',
  capture_exceeds_held: 'Less than the amount is held',
  order_not_refundable: 'The order is not paid',
  refund_exceeds_captured: 'Less than the amount is left',
  reference_already_paid: 'The reference belongs to an order that is paid or being paid',
  reference_too_long: 'The reference is too long for the service',
  descriptor_not_valid: 'The dynamic descriptor is not valid for the service',
  order_not_open: 'The order cannot be paid any more',
  card_never_paid: 'The card has never paid at the terminal of the service',
  payout_method_required: 'The service has several ways of payout and `apm` names none',
  payout_method_not_supported: 'The service has no payout by this `apm`',
  payout_destination_missing: 'A transfer has no account to go to',
  payment_method_not_supported: 'The service does not take this `apm`',
  transfer_not_supported: 'The operative `TRANSFER` is not supported',
  marketplace_shares_mismatch: 'The shares of the marketplace do not add up to the refund',
  phone_required: 'The order has no telephone number',
  customer_token_not_valid: 'The token is not valid',
  service_not_found: 'The service does not exist',
  card_not_found: 'The card is unknown',
  customer_not_found: 'The customer is unknown',
  customer_file_full: 'The customer has too many of these',
  profile_exists: 'The customer has a profile already',
  profile_not_found: 'The customer is unknown or has no profile',
  address_not_found: 'The address is unknown',
  address_type_fixed: 'The type of the address is another',
  account_not_found: 'The account is unknown',
  bank_not_found: 'The bank account is unknown',
  source_not_found: 'The card or bank account is unknown or not the customer’s',
  security_list_not_found: 'The list is unknown',
  too_many_security_lists: 'There are too many lists',
  security_list_full: 'The list cannot take so many items',
  security_lists_full: 'All lists together cannot take so many items',
  device_not_found: 'The device is unknown',
  device_busy: 'The device is busy',
  device_not_usable: 'The device cannot be used',
  coupon_not_found: 'There is no such coupon',
  coupon_code_taken: 'The code is used by another coupon',
  provider_not_found: 'The app has no provider for this location',
  provider_not_registered: 'The provider is not registered yet',
  white_label_name_taken: 'The unique name is taken',
  product_not_found: 'The product is unknown',
  product_exists: 'There is a product with this id',
  plan_not_found: 'The plan is unknown',
  plan_exists: 'There is a plan with this id',
  subscription_not_found: 'The subscription is unknown',
  file_already_received: 'The same file was received within 24 hours',
  campaign_not_found: 'The campaign is unknown',
  campaign_payment_not_found: 'The payment is unknown',
  certificate_not_available: 'The link was not sent by mail or SMS, or not yet',
  subscription_payment_not_found: 'The payment is unknown',
  list_being_counted:
    'A long list is asked for that nobody has counted yet: ask again, as `Retry-After` says, and it goes on from there',
  acquirer_not_configured: 'There is no live acquirer',
  write_conflict: 'Too many requests change the same at the same time: try again',
};

const OWN_OF_PAYLANDS: Readonly<Record<Exclude<PaylandsErrorCode, LedgerErrorCode>, string>> = {
  buyer_must_authenticate: 'The buyer has to authenticate, at the URL in `details`',
  wallet_payload_not_readable:
    'The payload cannot be read: `details` is the URL of a page that says so',
  card_validation_refused: 'The validation was refused',
  phone_prefix_missing: 'The telephone number is none of the merchant’s country and has no prefix',
  pci_key_required: 'The API key is not one of a PCI merchant',
  page_leads_on: 'Leads on, by `Location`: to another page of the order, or to the shop',
  frame_field_not_valid: 'A field is not valid, named in `errors`',
  page_not_found: 'The token is unknown',
  form_not_valid: 'A field of the form is not valid: the page says which',
};

const UNKNOWN_OR_NOT_OWN = 'The card is unknown or not the customer’s';
const NOT_OF_ITS_CUSTOMER = 'The card is unknown or not that of the order’s customer';

export const PAYLANDS_ERRORS: FieldTexts = {
  ...LEDGER,
  ...OWN_OF_PAYLANDS,
  'addColorListItems.card_not_found': 'A card that is named by its uuid is unknown',
  'cardFrame.page_not_found': 'The token cannot be one of a customer',
  'createCustomerAccount.customer_file_full': 'The customer has too many accounts',
  'createCustomerAddress.customer_file_full': 'The customer has too many addresses',
  'createOrder.card_not_found': 'The card of `source_uuid` is unknown',
  'deleteBank.bank_not_found': 'The bank account is unknown or not the customer’s',
  'deleteCard.card_not_found': UNKNOWN_OR_NOT_OWN,
  'directPayment.card_not_found': NOT_OF_ITS_CUSTOMER,
  'motoApiPayment.card_not_found': NOT_OF_ITS_CUSTOMER,
  'payout.card_not_found': NOT_OF_ITS_CUSTOMER,
  'payout.card_never_paid': 'The card, or any of the customer, has never paid at the terminal',
  'payout.order_intent_mismatch': 'The order is no payout',
  'payout.order_busy': 'Another payout of the order is under way',
  'payout.source_not_found': 'The account is unknown or not that of the order’s customer',
  'removeColorListService.service_not_found': 'The service is not one of the list’s',
  'saveBank.customer_file_full': 'The customer has too many bank accounts',
  'saveCards.service_not_found': 'A service does not exist',
  'subscribeCustomer.product_not_found': 'The product of the plan is unknown',
  'updateCustomerAccount.account_not_found': 'The account is unknown or not the customer’s',
  'updateCustomerAddress.address_not_found': 'The address is unknown or not the customer’s',
  'updateSourceExternalId.customer_file_full': 'The new owner has too many bank accounts',
  'updateSourceExternalId.source_not_found':
    'The card or bank account is unknown or not the old owner’s',
  'validateCard.card_not_found': UNKNOWN_OR_NOT_OWN,
  field_not_valid: 'A field is missing or not valid',
  filter_not_valid: 'A filter is not valid',
  'batchAuthorizations.field_not_valid':
    'A field is missing or not valid; the file is no CSV, or lacks a column',
  'batchRefunds.field_not_valid':
    'A field is missing or not valid; the file is no CSV, or lacks a column',
  'createMotoCampaignCsv.field_not_valid': 'A field or a payment is missing or not valid',
  'createMotoCampaignJson.field_not_valid': 'A field or a payment is missing or not valid',
  'listColorLists.filter_not_valid': 'The type is not one',
  'motoApiPayment.field_not_valid':
    'A field is missing or not valid; neither a card nor a source, or both',
  'saveCards.field_not_valid': 'A field of a card is missing or not valid',
  'subscribeCustomer.field_not_valid':
    'A field is missing or not valid; the date of the first payment is over',
};

export const HIGHLEVEL_ERRORS: FieldTexts = {
  ...LEDGER,
  order_not_payable: 'The order is closed or expired',
  'disconnect-config.provider_not_found':
    'The app has no provider for this location, or it is not connected in this mode',
  'record-order-payment.order_busy': 'A buyer is paying the order right now',
  'record-order-payment.reference_already_paid': 'The reference is paid by another order',
  field_not_valid: 'A field is missing or not valid',
  filter_not_valid: 'A parameter is missing or not valid',
};
