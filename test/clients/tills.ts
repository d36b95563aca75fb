import { expect } from 'vitest';
import type { Replay } from './replay.ts';

const DEVICE = '$devices.simulation';

/** What a till does at a payment terminal (contract C.12): it sends, polls, and is told. */
export const tills: readonly Replay[] = [
  {
    client: 'a till at a terminal: payment, poll, notification, part of it back',
    authentication: 'bearer',
    // Answers of a terminal have none; those of the order have.
    hash: 'as JavaScript writes JSON',
    steps: [
      {
        call: 'GET /posms/devices?communication_type=SIMULATION&active=true',
        reads: { devices: [{ id: DEVICE, communication_type: 'SIMULATION' }] },
      },
      {
        call: 'POST /posms/payment',
        as: 'sent',
        body: {
          device: DEVICE,
          amount: 1250,
          description: 'Table 7',
          reference: 'till/7/0001',
          url_post: '$shop.url',
        },
        reads: {
          device: { id: DEVICE },
          order: { status: 'CREATED', paid: false, transactions: [{ status: 'PENDING' }] },
        },
      },
      {
        call: 'POST /posms/payment',
        body: { device: DEVICE, amount: 300, description: 'Table 8' },
        status: 400,
        reads: { details: expect.stringContaining('have a pending transaction yet!') },
      },
      {
        call: 'GET /order/{sent.order.uuid}',
        polls: true,
        reads: {
          order: {
            status: 'SUCCESS',
            paid: true,
            amount: 1250,
            transactions: [{ pos: { pos_device_id: DEVICE, entry_mode: 'CLESS' } }],
          },
        },
      },
      { hears: { order: { uuid: '$sent.order.uuid', status: 'SUCCESS' } } },
      {
        call: 'POST /posms/refund',
        body: { device: DEVICE, order_uuid: '$sent.order.uuid', amount: 450 },
        reads: { device: { id: DEVICE } },
      },
      {
        call: 'GET /order/{sent.order.uuid}',
        polls: true,
        reads: { order: { status: 'PARTIALLY_REFUNDED', refunded: 450 } },
      },
      {
        call: 'GET /orders?limit=2',
        reads: { transactions: [{ type: 'REFUND', amount: 450 }, { type: 'AUTHORIZATION' }] },
      },
    ],
  },
  {
    client: 'a till at a terminal: a deposit that is not kept',
    authentication: 'basic',
    hash: 'as JavaScript writes JSON',
    steps: [
      {
        call: 'POST /posms/preauth',
        as: 'held',
        body: { device: DEVICE, amount: 5000, description: 'Deposit' },
        reads: { order: { status: 'CREATED' } },
      },
      {
        call: 'GET /order/{held.order.uuid}',
        polls: true,
        reads: { order: { status: 'PENDING_CONFIRMATION', captured: 0 } },
      },
      {
        call: 'POST /posms/preauth/cancel',
        body: { device: DEVICE, order_uuid: '$held.order.uuid' },
      },
      {
        call: 'GET /order/{held.order.uuid}',
        polls: true,
        reads: { order: { status: 'CANCELLED', captured: 0, paid: false } },
      },
      {
        call: 'POST /posms/preauth/confirm',
        body: { device: DEVICE, order_uuid: '$held.order.uuid' },
        status: 400,
      },
    ],
  },
];
