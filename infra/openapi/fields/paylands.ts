import type { FieldTexts } from './texts.ts';

const CARD_UUID = 'The UUID of a stored card.';
const MINUTE =
  'A minute as `YYYYMMDDHHmm` in Madrid (`202611211230`), or an ISO 8601 time; inclusive.';
const PAGE_SIZE = 'The most rows to answer.';

/** What fields of Paylands' requests mean (contract C.3 to C.13). */
export const PAYLANDS_FIELDS: FieldTexts = {
  signature: "The merchant's signature: a shared secret that goes with the API key, sent as it is.",

  // Orders
  amount: 'In minor units: `1050` is 10.50 EUR. The currency is that of the service.',
  operative:
    'AUTHORIZATION charges, DEFERRED holds the amount until it is confirmed or cancelled, PAYOUT sends money to the customer. TRANSFER is known and refused: use PAYOUT.',
  description: 'What is paid for, as the buyer reads it.',
  secure:
    'Whether the payer must be authenticated by 3-D Secure. Then a payment without a buyer at hand answers 303 with the page that asks. By default false.',
  customer_ext_id:
    "The merchant's own id of the customer, who is created when it is new. Stored cards pay only orders of their customer.",
  service:
    "The UUID of the merchant's service, which decides the currency and the acquirer. By default the merchant's first service.",
  additional: "The merchant's own note. It comes back in every answer and notification.",
  url_post: 'Where the notification of each outcome is posted, with its `validation_hash`.',
  url_ok: 'Where the buyer is sent after a payment.',
  url_ko: 'Where the buyer is sent when nothing was paid.',
  template_uuid: 'The UUID of the template that the pages look like.',
  dcc_template_uuid: 'Kept and echoed; there is no currency conversion.',
  source_uuid: CARD_UUID,
  save_card:
    "Whether the buyer has consented to the card being kept: the card's `is_saved` says the same. Left out, the page asks the buyer.",
  reference:
    "The merchant's own reference. Two paid orders never share one: the second is refused with 409. REDSYS takes 88 characters.",
  dynamic_descriptor:
    "What the payer's statement says. REDSYS takes 1 to 38 letters, digits and blanks.",
  expires_in: 'Seconds until an order that nobody pays expires. By default 600.',
  extra_data:
    'More about the order, echoed as sent: `profile` and `address`, `billing_address`, `shipping_address` of the buyer, `payment.installments`, `cof.reason`, `checkout`, `marketplace`; and `highlevel`, an extension of ours, for what was sold. What is empty is left out.',
  lang: 'The language of the pages, as ISO 639-1: `es`.',
  order_uuid: 'The UUID of the order.',
  card_uuid: 'The UUID of a stored card of the customer.',
  customer_ip:
    "The payer's IPv4 or IPv6 address; of a forwarded-for list the first counts. Rules that look at addresses need it.",

  // A card in a request
  card_holder: 'The name on the card.',
  card_pan:
    'The number of the card, 12 to 19 digits that pass the Luhn check; blanks and hyphens are ignored. It is never stored.',
  card_expiry_month:
    'The month in which the card expires, 1 to 12. `card_expire_month` is taken too.',
  card_expiry_year:
    'The year in which the card expires, as `34` or `2034`. `card_expire_year` is taken too.',
  card_cvv: 'The 3 or 4 digits of the security code. It is never stored.',
  card_additional: "The merchant's own note of the card.",
  validate: 'Whether to have the issuer confirm the card now. By default false.',
  cards: 'The cards to save; each is saved or refused by itself.',

  // 3-D Secure of the merchant's own
  threeds_data: "What the merchant's own 3-D Secure came to; its cryptogram is not kept.",
  'threeds_data.version': 'The version of the protocol, such as `2.2.0`.',
  'threeds_data.eci':
    'The indicator: 05 or 02 is authenticated, 06 or 01 an attempt, which counts too.',
  'threeds_data.cavv':
    'The cryptogram of the authentication, without which the indicator does not count.',
  'threeds_data.status':
    'A field of ours that goes before the indicator: Y authenticated, A attempted, N and R refuse the payment, C leads to a challenge (303), U counts as no authentication.',

  // Ways to pay
  method: 'How the payer gave the card: by MAIL or by PHONE.',
  wallet: 'GOOGLEPAY or APPLEPAY.',
  payload:
    'What the wallet handed over, as an object or as its JSON text. In the sandbox `{"sandbox":"OK"}`, `REFUSED` or `SCA` decide the outcome.',
  flow: 'Where the wallet was opened: APP, the default, or WEB.',
  'pushPayment.apm':
    "BIZUM or MBWAY. By default what the order's service takes. The telephone is `extra_data.profile.phone` of the order.",
  'payout.apm':
    'How the money is sent: BIZUM, TRANSFER and others that the service has. Compulsory when it has several ways, unless `source_uuid` names a card.',
  'payout.source_uuid':
    "A stored card of the customer that has paid at the order's terminal, or for TRANSFER an account of the customer. By default the card that paid last.",
  'createOrder.source_uuid':
    'The UUID of a stored card to be paid with at `/payment/tokenized/{token}`.',
  'motoApiPayment.source_uuid':
    'The UUID of a stored card of the customer, instead of the data of a card.',
  'confirmPayment.amount':
    'How much of the hold to take, in minor units. By default all of it; less only where the service allows it. The rest is released.',
  'posPreauthConfirm.amount': 'How much of the hold to take, in minor units. By default all of it.',
  'refundPayment.amount': 'How much to return, in minor units. By default everything that is left.',
  'posRefund.amount': 'How much to return, in minor units. By default everything that is left.',
  'refundPayment.extra_data':
    '`marketplace_refunds` says what each merchant of a marketplace returns; the shares must add up to the refund.',
  'sendOrderLink.destination':
    'An e-mail address, or a telephone number for an SMS. Without a prefix the number is one of the merchant’s country.',
  'sendOrderLink.subject': 'The subject of the mail, or the sender of the SMS.',
  'sendOrderLink.template_uuid':
    'The UUID of the template of the page and of the message, instead of that of the order.',
  language: 'The language of the message, as ISO 639-1: `es`.',

  // Lists of transactions
  start: `From when on. ${MINUTE}`,
  end: `Until when, at most three months after \`start\`. ${MINUTE}`,
  terminal: 'Only transactions at the terminal (FUC) of this number; REDSYS only.',
  'listTransactions.limit': `${PAGE_SIZE} By default, and at most, 10000.`,
  'listSubscriptions.limit': `${PAGE_SIZE} An extension of ours; by default, and at most, 500.`,
  'listSubscriptionPayments.limit': `${PAGE_SIZE} An extension of ours; by default 1000.`,
  offset: 'How many rows to leave out before the first. By default 0.',

  // Customers
  external_id: "The merchant's own id of the customer.",
  account_type: 'What kind of account the number is of.',
  account_number: 'The number of the account, checked as its type demands. It is stored encrypted.',
  'deleteCustomerAccount.uuid': 'The UUID of the account.',
  'updateCustomerAccount.uuid': 'The UUID of the account to replace.',
  'getCustomerAccount.uuid': 'The UUID of the account.',
  'deleteCustomerAddress.uuid': 'The UUID of the address.',
  'updateCustomerAddress.uuid': 'The UUID of the address to replace.',
  'getCustomerAddress.uuid': 'The UUID of the address.',
  address1: 'The first line of the address: the street.',
  address2: 'The second line of the address.',
  address3: 'The third line of the address.',
  city: 'The town.',
  state_code: 'The state, province or region.',
  country: 'The country as three letters, ISO 3166-1 alpha-3: `ESP`.',
  zip_code: 'The postal code.',
  default: 'Whether this becomes the one default address of the customer.',
  'createCustomerAddress.type': 'What the address is for. By default OTHER.',
  'updateCustomerAddress.type': 'What the address is for, as it was: the type cannot change.',
  first_name: 'The given name.',
  last_name: 'The family name.',
  cardholder_name: 'The name as it is on cards.',
  document_identification_issuer_type: 'Who issued the identity document.',
  document_identification_type: 'What kind of identity document it is.',
  document_identification_number: 'The number of the identity document.',
  email: 'The e-mail address.',
  phone: 'The main telephone.',
  work_phone: 'The telephone at work.',
  home_phone: 'The telephone at home.',
  mobile_phone: 'The mobile telephone.',
  prefix: 'The prefix of the country, with or without a plus: `+34`.',
  number: 'The number without the prefix.',
  birthdate: 'The date of birth, as `YYYY-MM-DD`.',
  source_of_funds: "Where the customer's money comes from.",
  occupation: 'What the customer does for a living.',
  social_security_number: 'The number at the social security.',

  // Cards and bank accounts
  customer_external_id: "The merchant's own id of the customer that the card is of.",
  'saveCard.service':
    'The UUID of the service to validate the card with; compulsory with `validate`.',
  'saveCards.cards[].service':
    'The UUID of the service to validate the card with; compulsory with `validate`.',
  'validateCard.service': 'The UUID of the service to validate the card with.',
  'saveCard.additional': "The merchant's own note of the card.",
  'saveCards.cards[].additional': "The merchant's own note of the card.",
  'setCardAdditional.additional': 'The new note of the card. Left out, the card has none.',
  'saveBank.additional': "The merchant's own note of the account.",
  'saveCard.url_post': 'Where the outcome of the validation is posted.',
  'saveCards.cards[].url_post': 'Where the outcome of the validation is posted.',
  'listCustomerCards.status':
    'VALIDATED, the default, for cards that an issuer has confirmed or that have paid; ALL for the others too.',
  unique: 'Whether a card that is stored several times is listed once. By default false.',
  'getCard.uuid': CARD_UUID,
  'getBank.uuid': 'The UUID of the bank account.',
  account_holder: 'Who the account belongs to.',
  iban: 'The IBAN, whose check digits must be right. It is stored encrypted.',
  'deleteBank.source_uuid': 'The UUID of the bank account.',
  'updateSourceExternalId.source_uuid': 'The UUID of the card or bank account.',
  old_external_id: "The merchant's own id of the customer that it is of now.",
  new_external_id: "The merchant's own id of the customer that it becomes.",

  // Campaigns of links
  'createMotoCampaignCsv.description': 'What the campaign is called.',
  'createMotoCampaignJson.description': 'What the campaign is called.',
  expires_at: 'The day, as `YYYY-MM-DD`, at whose beginning the links stop working.',
  'createMotoCampaignCsv.service_uuid': 'The UUID of the service that takes the payments.',
  'createMotoCampaignJson.service_uuid': 'The UUID of the service that takes the payments.',
  subject: 'The subject of the mails, or the sender of the SMS: 11 characters at most.',
  'createMotoCampaignCsv.type': 'Who delivers the links: mails, SMS, or the merchant.',
  'createMotoCampaignJson.type': 'Who delivers the links: mails, SMS, or the merchant.',
  file: 'The payments as CSV, as a data URI in base64. The columns are the fields of `payments` of the JSON campaign in capitals.',
  'createMotoCampaignCsv.filename': 'What the file is called.',
  payments: 'The payments of the campaign, one link each: a list, or one object.',
  'payments[].operative': 'AUTHORIZATION charges, DEFERRED holds.',
  'payments[].destination':
    'An e-mail address or a telephone number with its prefix; any text when the merchant delivers.',
  'payments[].secure': 'Whether the payer must be authenticated by 3-D Secure.',
  'payments[].source_uuid': 'The UUID of a stored card of the customer to be paid with.',
  'payments[].card_template': 'The UUID of the template that the payment page looks like.',
  'payments[].moto_template': 'The UUID of the template with the words of the message.',
  'payments[].dcc_template': 'Kept; there is no currency conversion.',
  moto_detail_uuid: 'The UUID of the campaign.',
  moto_payment_uuid: 'The UUID of the payment of a campaign.',

  // Files of rows
  'batchAuthorizations.data':
    'The payments as CSV in base64: AMOUNT, CARD, CUSTOMER_EXTERNAL_ID and SERVICE; ADDITIONAL, URL_POST and EXTRA_DATA if wanted.',
  'batchRefunds.data': 'The refunds as CSV in base64: ORDER_UUID and AMOUNT.',
  filename: 'What the file is called.',
  execute_at:
    "When to begin, as `YYYY-MM-DD HH:MM:SS` in the merchant's time zone, a year ahead at most. By default at once.",

  // Subscriptions
  name: 'What it is called.',
  'createSubscriptionProduct.external_id': "The merchant's own id of the product.",
  'createSubscriptionPlan.external_id': "The merchant's own id of the plan.",
  notification_url: 'Where each payment of a subscription to the product is told.',
  product: "The merchant's own id of the plan's product.",
  'createSubscriptionPlan.amount': 'What each period costs, in minor units.',
  interval: 'How many units of `interval_type` a period lasts.',
  interval_type: 'DAILY, WEEKLY, MONTHLY or ANNUAL; YEARLY is taken for ANNUAL.',
  trial_available: 'Whether the plan begins with a trial that costs nothing. By default false.',
  interval_offset:
    'How many units of `interval_offset_type` the trial lasts; compulsory with a trial.',
  interval_offset_type: 'The unit of the trial: DAILY, WEEKLY, MONTHLY or ANNUAL.',
  plan: "The merchant's own id of the plan.",
  customer: "The merchant's own id of the customer who subscribes.",
  additional_data: 'What the payments are made with: an object, or its JSON text.',
  'additional_data.operative': 'AUTHORIZATION, the default, charges; DEFERRED holds.',
  'additional_data.source_uuid': 'The UUID of the stored card that pays.',
  'additional_data.customer_ext_id':
    "The merchant's own id of the customer whose card it is. By default the one who subscribes.",
  'additional_data.service': 'The UUID of the service that takes the payments.',
  'additional_data.additional': 'The note of each order.',
  'additional_data.url_post': 'Where the notification of each order is posted.',
  total_payment_number: 'How many payments the subscription has.',
  payment_attempts_limit:
    'After so many refused attempts of one payment the subscription is cancelled.',
  initial_date:
    'When the first payment is due: a day, or a time with or without an offset. By default at once, or after the trial.',
  plan_external_id: "The merchant's own id of the plan.",
  product_external_id: "The merchant's own id of the product.",
  subscription_id: 'The id of the subscription, 24 hexadecimal digits.',
  payment_id: 'The id of the payment of a subscription, 24 hexadecimal digits.',

  // Terminals
  device: 'The id of the terminal, 24 hexadecimal digits.',
  id: 'The id of the terminal, 24 hexadecimal digits.',
  identifier: 'Only the terminal of this id.',
  'listPosDevices.service': 'Only terminals of the service with this UUID.',
  terminal_id: 'Only terminals with this number of the acquirer.',
  communication_type: 'Only terminals that are reached so; SIMULATION acts by itself.',
  active: 'Only terminals that are in use, or that are not.',
  configured: 'Only terminals that are set up, or that are not.',
  created_at_from: `Only terminals created from then on. ${MINUTE}`,
  created_at_to: `Only terminals created until then. ${MINUTE}`,
  updated_at_from: `Only terminals changed from then on. ${MINUTE}`,
  updated_at_to: `Only terminals changed until then. ${MINUTE}`,

  // Security lists
  list_uuid: 'The UUID of the list.',
  'createColorList.type':
    'What a hit means: BLACKLIST stops the payment, WHITELIST skips the rules, GREYLIST asks for 3-D Secure.',
  'listColorLists.type': 'Only lists of this type. By default all.',
  'createColorList.enabled': 'Whether the list acts.',
  'createColorList.description': 'What the list is for.',
  'toggleColorList.enabled': 'Whether the list acts. Left out, it is turned to what it is not.',
  service_uuid: 'The UUID of the service whose payments the list acts on.',
  'addColorListItems.items': 'What to add; what the list has already stays as it is.',
  'items[].type': 'What the value is.',
  'items[].value':
    'For CARD its UUID, token or number; for BIN the first digits of cards; for IP an address or a network such as `10.0.0.0/8`; for EMAIL an address or a domain; else the country, customer or telephone.',
  'removeColorListItems.items': 'The UUIDs of the items to remove, or their values.',

  // Pages
  token: 'The token of the order, from `order.token`. It is all that opens the page.',
  'cardFrame.token': 'The token of the customer, from `POST /customer`, good for an hour.',
  'saveCardOfFrame.token': 'The token of the customer, from `POST /customer`, good for an hour.',
  'cardFrame.origin': 'The origin of the page that holds the frame: `https://shop.example`.',
  'cardFrame.template': 'The UUID of the template that the frame looks like.',
  theme: 'How the frame looks: `light`, the default, or `dark`.',
  'saveCardOfFrame.validate': '`true` to have the issuer confirm the card now.',
  'saveCardOfFrame.service': 'The UUID of the service to validate the card with.',
  'saveCardOfFrame.additional': "The merchant's own note of the card.",
};
