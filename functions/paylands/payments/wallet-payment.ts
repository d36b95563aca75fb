import * as z from 'zod/mini';
import { optional, text, uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { customerIp } from '#faces/paylands/payer-fields.ts';
import { orderAnswer } from '#faces/paylands/shapes.ts';
import { urlsView } from '#faces/paylands/views.ts';
import { waitsForPayer } from '#ledger/orders/order.ts';
import { payWithWallet, UNREADABLE } from '#ledger/payments/wallets.ts';

const MAX_CHARACTERS = 32_768;

/** What is longer is only taken when it begins like JSON, or like the base64 of it. */
const MAX_UNREADABLE = 4096;

/** What a wallet returned, as an object or as text. */
const payload = z.union([
  z.pipe(
    text(MAX_CHARACTERS),
    z.string().check(z.refine((one) => one.length <= MAX_UNREADABLE || /^(\s*\{|ey)/.test(one))),
  ),
  z
    .record(z.string(), z.unknown())
    .check(z.refine((one) => JSON.stringify(one).length <= MAX_CHARACTERS)),
]);

/** Contract C.3, walletPayment. A payload that cannot be read consumes the order too. */
const operation = paylandsOperation({
  name: 'walletPayment',
  summary: 'Charge an order with Google Pay or Apple Pay',
  tag: 'Payments',
  routes: ['POST /payment/wallet'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications'], acquirer: true },
  body: z.object({
    order_uuid: uuid,
    wallet: z.enum(['GOOGLEPAY', 'APPLEPAY']),
    payload,
    customer_ip: customerIp,
    flow: optional(z.enum(['APP', 'WEB'])),
  }),
  response: orderAnswer,
  errors: [
    'buyer_must_authenticate',
    'wallet_payload_not_readable',
    'order_intent_mismatch',
    'order_full',
    'order_not_payable',
    'order_busy',
    'reference_already_paid',
  ],
  handle: async ({ body, context, baseUrl }) => {
    const order = await payWithWallet(context, {
      order: body.order_uuid,
      wallet: body.wallet,
      payload: body.payload,
      payer: { ip: body.customer_ip ?? null, browser: null },
    });
    if (order.transactions.at(-1)?.error === UNREADABLE.code) {
      const details = `${baseUrl}/payment/wrong`;
      return { answer: 'error', error: 'wallet_payload_not_readable', details };
    }
    if (!waitsForPayer(order)) return { answer: 'order', order };
    const details = urlsView(order, baseUrl)['3ds_tokenized'];
    return { answer: 'error', error: 'buyer_must_authenticate', details };
  },
});

export default operation;
export const { handler } = operation;
