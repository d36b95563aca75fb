import { createHash } from 'node:crypto';
import type { Merchant } from '#ledger/core/merchant.ts';
import type { Order } from '#ledger/orders/order.ts';
import { phpJson } from './json.ts';
import { zonedTime } from './time.ts';
import { orderView } from './views.ts';

/** How an envelope is written: the setting of contract B.4 and the time it says. */
export interface EnvelopeStyle {
  escapeSlashes: boolean;
  nowMs: number;
}

/** The envelope of a success (contract A.4). */
export function envelope(payload: Record<string, unknown>, style: EnvelopeStyle): string {
  const head = { message: 'OK', code: 200, current_time: zonedTime(style.nowMs) };
  return phpJson({ ...head, ...payload }, style.escapeSlashes);
}

/**
 * The envelope of an order, for answers and notifications (contract B.2), with its validation hash:
 * SHA-256 of the order, client and extra_data as plain JSON, whatever the body escapes, followed by
 * the signature (B.4). Clients read the body and write it again to check it.
 */
export function orderEnvelope(
  order: Order,
  merchant: Merchant,
  audience: 'merchant' | 'notification',
  style: EnvelopeStyle,
  extra: Record<string, unknown> = {},
): string {
  const hashed = {
    order: { ...orderView(order, merchant, audience), ...extra },
    client: { uuid: merchant.merchant },
    ...(order.extraData === null ? {} : { extra_data: order.extraData }),
  };
  return envelope(
    { ...hashed, validation_hash: validationHash(hashed, merchant.signature) },
    style,
  );
}

/** Contract B.4, of the objects in the order in which they are answered. */
export function validationHash(hashed: object, signature: string): string {
  return createHash('sha256').update(JSON.stringify(hashed)).update(signature).digest('hex');
}

/** The envelope of an error (contract A.5): the status again, its name, and what was wrong. */
export function errorEnvelope(
  status: number,
  details: string | null,
  style: Pick<EnvelopeStyle, 'escapeSlashes'>,
): string {
  const message = MESSAGES[status] ?? 'Internal Server Error';
  const body = { message, code: status, ...(details === null ? {} : { details }) };
  return phpJson(body, style.escapeSlashes);
}

/** The `message` of every status (contract A.5). */
const MESSAGES: Record<number, string> = {
  303: 'See Other',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Payload Too Large',
  422: 'Unprocessable Entity',
  503: 'Service Unavailable',
};
