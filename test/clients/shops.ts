import { expect } from 'vitest';
import type { Replay } from './replay.ts';

const TYPED = {
  holder: 'Zoë Núñez',
  number: '4548812049400004',
  expiry: '12/34',
  cvv: '987',
  card: 'new',
  action: 'pay',
};

/** Plugins of shops, as they call (contract A, C, J). */
export const shops: readonly Replay[] = [
  {
    client: 'WooCommerce: settings, a payment by redirection, one click, a refund',
    authentication: 'bearer',
    hash: 'none',
    steps: [
      {
        call: 'GET /client/resources',
        authentication: 'basic without colon',
        as: 'resources',
        reads: { googlePay: { enabled: true } },
      },
      { call: 'GET /client/services', authentication: 'basic without colon' },
      {
        call: 'POST /payment/?lang=es',
        as: 'created',
        body: {
          amount: 1998.9999999999998,
          currency: 'EUR',
          operative: 'AUTHORIZATION',
          secure: false,
          customer_ext_id: 'buyer@shop.example',
          service: '$services.redsys',
          description: 'Pedido nº 7/2026',
          additional: 'Café / té',
          url_post: 'https://shop.example/?wc-api=paylands',
          url_ok: '',
          url_ko: '',
          reference: '7_1763726400',
          save_card: true,
          extra_data: { profile: { first_name: 'Zoë', phone: [] }, address: [] },
        },
        reads: { code: 200, order: { amount: 1999, paid: false, additional: 'Café / té' } },
      },
      { visit: '$created.order.urls.payment_card', forms: [TYPED] },
      {
        call: 'GET /order/{created.order.uuid}',
        authentication: 'basic without colon',
        reads: { order: { status: 'SUCCESS', paid: true, transactions: [{ error: 'NONE' }] } },
      },
      {
        call: 'GET /customer/{created.order.customer}/cards',
        authentication: 'basic without colon',
        as: 'cards',
        reads: {
          code: 200,
          cards: [
            {
              is_saved: true,
              is_blacklisted: false,
              tokenization_service_uuid: '$services.redsys',
            },
          ],
        },
      },
      {
        call: 'POST /payment/?lang=es',
        as: 'again',
        body: {
          amount: 500,
          operative: 'AUTHORIZATION',
          customer_ext_id: 'buyer@shop.example',
          service: '$services.redsys',
          description: 'One click',
          extra_data: [],
        },
      },
      {
        call: 'POST /payment/direct/',
        body: {
          order_uuid: '$again.order.uuid',
          card_uuid: '$cards.cards.0.uuid',
          customer_ip: '203.0.113.7, 10.0.0.1',
        },
        reads: { code: 200, order: { status: 'SUCCESS', ip: '203.0.113.7' } },
      },
      {
        call: 'POST /payment/refund/',
        body: { order_uuid: '$again.order.uuid', amount: 200 },
        reads: { order: { status: 'PARTIALLY_REFUNDED', refunded: 200, paid: true } },
      },
    ],
  },
  {
    client: 'WooCommerce: a checkout without service and description',
    authentication: 'bearer',
    hash: 'none',
    steps: [
      { call: 'GET /client/resources', as: 'resources' },
      {
        call: 'POST /payment/?lang=es',
        as: 'created',
        body: {
          amount: 1000,
          operative: 'AUTHORIZATION',
          secure: false,
          service: '',
          description: '',
          customer_ext_id: 'buyer@shop.example',
          extra_data: {
            checkout: {
              uuid: '$resources.checkouts.0.uuid',
              customization: { theme_type: 'dark' },
            },
          },
        },
      },
      { visit: '$created.order.urls.checkout', forms: [{ action: 'APPLEPAY' }] },
      {
        call: 'GET /order/{created.order.uuid}',
        reads: { order: { status: 'SUCCESS', safe: true } },
      },
    ],
  },
  {
    client: 'Magento: slashes everywhere, 3-D Secure after a soft decline, a hold',
    authentication: 'bearer',
    hash: 'none',
    steps: [
      { call: 'POST /customer/', body: { customer_ext_id: 'm-1' }, reads: { code: 200 } },
      {
        call: 'POST /payment-method/card/',
        as: 'card',
        body: {
          customer_ext_id: 'm-1',
          card_holder: 'Jane Doe',
          card_pan: '5223798193659108',
          card_expiry_month: '12',
          card_expiry_year: '34',
        },
      },
      {
        call: 'POST /payment/',
        as: 'created',
        body: {
          amount: 1000,
          operative: 'DEFERRED',
          secure: 0,
          customer_ext_id: 'm-1',
          service: '$services.paylands',
          description: 'M000000012',
          url_post: null,
          template_uuid: null,
        },
      },
      {
        call: 'POST /payment/direct/',
        as: 'asked',
        body: { order_uuid: '$created.order.uuid', card_uuid: '$card.Source.uuid' },
        status: 303,
        reads: {
          code: 303,
          message: 'See Other',
          details: expect.stringContaining('/payment/tokenized/'),
        },
      },
      { visit: '$asked.details', forms: [{ action: 'approve' }] },
      {
        call: 'GET /order/{created.order.uuid}/',
        reads: { order: { status: 'PENDING_CONFIRMATION', paid: false, safe: true } },
      },
      {
        call: 'POST /payment/confirmation/',
        body: { order_uuid: '$created.order.uuid', amount: '1000' },
        reads: { order: { status: 'SUCCESS', paid: true } },
      },
      {
        call: 'DELETE /payment-method/card/',
        body: { card_uuid: '$card.Source.uuid', customer_external_id: 'm-1' },
        reads: { code: 200 },
      },
    ],
  },
  {
    client: 'PrestaShop: Google Pay as text, and a push by telephone',
    authentication: 'basic without colon',
    hash: 'as PHP writes what it has read',
    steps: [
      {
        call: 'POST /payment',
        as: 'created',
        body: {
          amount: 1050,
          operative: 'AUTHORIZATION',
          secure: false,
          customer_ext_id: 'p-1',
          service: '$services.sibs',
          description: 'Café / chá',
          expires_in: 900,
          extra_data: { profile: { phone: { prefix: '351', number: '912345678' } } },
        },
        reads: { extra_data: { profile: { phone: { prefix: '351' } } } },
      },
      {
        call: 'POST /payment/push',
        body: { order_uuid: '$created.order.uuid', apm: 'MBWAY' },
        reads: { order: { status: 'PENDING_PAYMENT', paid: false } },
      },
      {
        call: 'POST /payment',
        as: 'other',
        body: {
          amount: 1050,
          operative: 'AUTHORIZATION',
          service: '$services.sibs',
          description: 'Wallet',
        },
      },
      {
        call: 'POST /payment/wallet',
        body: {
          order_uuid: '$other.order.uuid',
          wallet: 'GOOGLEPAY',
          payload: '{"sandbox":"OK"}',
          flow: 'WEB',
        },
        reads: { order: { status: 'SUCCESS' } },
      },
    ],
  },
  {
    client: 'Drupal: one address for good and bad, and the order read again',
    authentication: 'basic',
    hash: 'none',
    steps: [
      {
        call: 'POST /payment?lang=es',
        as: 'created',
        body: {
          amount: 1050,
          operative: 'AUTHORIZATION',
          secure: true,
          service: '$services.redsys',
          description: 'Commerce order 12',
          additional: 12,
          customer_ext_id: 12,
          order_id: 12,
        },
        reads: { order: { additional: '12', customer: '12' } },
      },
      {
        visit: '$created.order.urls.payment_card',
        forms: [TYPED, { action: 'reject' }],
      },
      {
        call: 'GET /order/{created.order.uuid}',
        reads: { order: { status: 'REFUSED', paid: false, safe: false } },
      },
    ],
  },
];
