import type { LedgerError, LedgerErrorCode } from '../../ledger/errors.ts';
import { RequestError } from '../errors.ts';

/** How HighLevel words what the ledger refuses (contract 1.7). */
const REFUSALS: Record<LedgerErrorCode, readonly [status: number, message: string]> = {
  // Documented as 400 wherever something is read; record-payment really answers 404.
  order_not_found: [400, 'Order not found'],
  transaction_not_found: [400, 'Transaction not found'],
  order_not_payable: [400, 'Order can no longer be paid'],
  order_already_paid: [400, 'Order is already paid'],
  payment_exceeds_due: [400, 'Amount exceeds what is due'],
  order_busy: [409, 'Payment recording already in progress'],
  order_intent_mismatch: [400, 'Order is not a payment'],
  order_without_customer: [400, 'Order has no customer'],
  order_not_held: [400, 'Nothing is held'],
  partial_capture_not_allowed: [400, 'Partial capture is not allowed'],
  capture_exceeds_held: [400, 'Amount exceeds what is held'],
  order_not_refundable: [400, 'Order is not refundable'],
  refund_exceeds_captured: [400, 'Amount exceeds what was paid'],
  reference_already_paid: [409, 'Reference is already paid'],
  service_not_found: [400, 'Service not found'],
  card_not_found: [400, 'Card not found'],
  customer_not_found: [400, 'Customer not found'],
  acquirer_not_configured: [503, 'No live acquirer is configured'],
  write_conflict: [409, 'Conflict with another request'],
};

const NAMES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
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

/** The documented status and message of a refusal. */
export function refusalOf(error: LedgerError): { status: number; message: string } {
  const [status, message] = REFUSALS[error.code];
  return { status, message };
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
