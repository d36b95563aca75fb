import { expect } from 'vitest';
import type { Replay } from './replay.ts';

const CARD = {
  customer_ext_id: 'sdk-user',
  card_holder: 'John Doe',
  card_pan: '4548 8120 4940 0004',
  card_expiry_month: '12',
  card_expiry_year: '34',
};

const order = (fields: Record<string, unknown> = {}) => ({
  amount: 1000,
  operative: 'AUTHORIZATION',
  customer_ext_id: 'sdk-user',
  service: '$services.redsys',
  description: 'Descripción / description',
  ...fields,
});

const charge = {
  call: 'POST /payment/direct',
  body: { order_uuid: '$created.order.uuid', card_uuid: '$card.Source.uuid' },
};

/** SDKs and programs on their servers, as they call (contract A, C, J). */
export const sdks: readonly Replay[] = [
  {
    client: 'PHP SDK: keys, cards validated by GET with a body, batches, a sale and its refunds',
    authentication: 'bearer',
    hash: 'as PHP writes what it has read',
    steps: [
      { call: 'GET /api-key/me', reads: { profiles: ['all'], is_pci: true } },
      { call: 'GET /api-key/profiles' },
      { call: 'POST /payment-method/card', as: 'card', body: { ...CARD, extra_data: [] } },
      {
        call: 'GET /payment-method/card/validate',
        body: {
          source_uuid: '$card.Source.uuid',
          customer_ext_id: 'sdk-user',
          service: '$services.redsys',
        },
        reads: { Source: { validation_date: expect.any(String) } },
      },
      {
        call: 'POST /payment-method/card/batch',
        body: { cards: [CARD, { ...CARD, card_expiry_year: undefined, card_expire_year: '2034' }] },
        reads: { cards: [{ Source: { last4: '0004' } }, { Source: { expire_year: '34' } }] },
      },
      {
        call: 'POST /payment',
        as: 'created',
        body: order({
          url_post: null,
          extra_data: { profile: [], payment: { installments: 1 }, cof: [] },
        }),
        reads: { extra_data: { payment: { installments: 1 } } },
      },
      { ...charge, reads: { order: { status: 'SUCCESS' } } },
      {
        call: 'POST /payment/refund',
        body: { order_uuid: '$created.order.uuid', amount: 2000 },
        status: 400,
        reads: { message: 'Bad Request', details: expect.stringContaining('1000 at most') },
      },
      {
        call: 'POST /payment/refund',
        body: { order_uuid: '$created.order.uuid', amount: null },
        reads: { order: { status: 'REFUNDED', refunded: 1000, paid: true } },
      },
      {
        call: 'PUT /payment-method/card/additional',
        body: { source_uuid: '$card.Source.uuid', additional: 'Ñandú / 1' },
      },
    ],
  },
  {
    client: 'another PHP client: a hold confirmed, a hold cancelled, a card that is refused',
    authentication: 'basic',
    hash: 'as PHP writes what it has read',
    steps: [
      { call: 'POST /payment-method/card', as: 'card', body: CARD },
      { call: 'POST /payment', as: 'created', body: order({ operative: 'DEFERRED' }) },
      { ...charge, reads: { order: { status: 'PENDING_CONFIRMATION', paid: false } } },
      {
        call: 'POST /payment/refund',
        body: { order_uuid: '$created.order.uuid' },
        status: 400,
      },
      {
        call: 'POST /payment/confirmation',
        body: { order_uuid: '$created.order.uuid' },
        reads: { order: { status: 'SUCCESS', paid: true } },
      },
      { call: 'POST /payment', as: 'created', body: order({ operative: 'DEFERRED' }) },
      charge,
      {
        call: 'POST /payment/cancellation',
        body: { order_uuid: '$created.order.uuid' },
        reads: { code: 200, order: { status: 'CANCELLED', paid: false } },
      },
      {
        call: 'POST /payment-method/card',
        as: 'card',
        body: { ...CARD, card_pan: '4111111111111111' },
      },
      { call: 'POST /payment', as: 'created', body: order() },
      { ...charge, reads: { code: 200, order: { status: 'REFUSED', paid: false } } },
      {
        ...charge,
        status: 404,
        reads: { details: expect.stringMatching(/^Order token not found/) },
      },
    ],
  },
  {
    client: 'Python SDK: a direct payment with a bare key, read and listed',
    authentication: 'bare',
    hash: 'as JavaScript writes JSON',
    steps: [
      { call: 'POST /customer', body: { customer_ext_id: 'sdk-user' } },
      { call: 'POST /payment-method/card', as: 'card', body: CARD },
      { call: 'POST /payment', as: 'created', body: order({ amount: 1050.0, extra_data: {} }) },
      { ...charge, reads: { order: { amount: 1050, status: 'SUCCESS' } } },
      { call: 'GET /order/{created.order.uuid}', reads: { order: { paid: true } } },
      {
        call: 'GET /orders?start=2026-01-01T00:00:00&limit=10',
        reads: { code: 200, transactions: expect.any(Array) },
      },
    ],
  },
  {
    client: 'a white-label SDK that throws on every answer with another hash',
    authentication: 'basic without colon',
    hash: 'as JavaScript writes JSON',
    steps: [
      { call: 'POST /payment-method/card', as: 'card', body: CARD },
      {
        call: 'POST /payment',
        as: 'created',
        body: order({
          additional: 'https://shop.example/pedido/7?a=ñ',
          extra_data: { address: { address1: 'C/ Núñez de Balboa, 7', city: 'Ávila' }, empty: {} },
        }),
      },
      charge,
      { call: 'GET /order/{created.order.uuid}' },
      { call: 'POST /payment/refund', body: { order_uuid: '$created.order.uuid', amount: 1 } },
      {
        call: 'POST /payment/cancellation',
        body: { order_uuid: '$created.order.uuid' },
        status: 400,
        reads: { details: expect.stringContaining('no confirmation transaction') },
      },
    ],
  },
  {
    client: 'a till: rows of a day, money back',
    authentication: 'bearer',
    hash: 'as JavaScript writes JSON',
    steps: [
      { call: 'POST /payment-method/card', as: 'card', body: CARD },
      { call: 'POST /payment', as: 'created', body: order({ reference: 'till/1/0001' }) },
      charge,
      {
        call: 'GET /orders?limit=1',
        reads: {
          count: 1,
          next_offset: 1,
          transactions: [
            {
              orderUUID: '$created.order.uuid',
              status: 'SUCCESS',
              type: 'AUTHORIZATION',
              amount: 1000,
              updated_at: expect.any(String),
            },
          ],
        },
      },
      {
        call: 'POST /payment/refund',
        body: { order_uuid: '$created.order.uuid', amount: '300' },
        reads: { order: { refunded: 300 } },
      },
      {
        call: 'GET /orders?limit=1',
        reads: { transactions: [{ type: 'REFUND', amount: 300 }] },
      },
      {
        call: 'POST /payment',
        body: order({ reference: 'till/1/0001' }),
        status: 409,
        reads: { message: 'Conflict', details: expect.stringContaining('already paid') },
      },
    ],
  },
];
