import { FAULT_FORMS, type FaultStatus, type Faults, parseFaults } from '#ledger/core/faults.ts';
import { RequestError } from './errors.ts';
import type { Caller, Exchange, HttpReply } from './exchange.ts';

const HEADER = 'pasarela-fault';

/**
 * Reads the faults that a sandbox request asks for by its header, else those that its merchant has
 * set.
 * @throws RequestError 400 for an unknown fault, and for any fault in a live environment: a test of
 * failures must not move money
 */
export function readFaults<C extends Caller>(exchange: Exchange<C>): void {
  const text = exchange.event.headers[HEADER];
  if (text === undefined) return;
  if (exchange.environment !== 'sandbox') {
    throw new RequestError(400, 'Pasarela-Fault is for the sandbox');
  }
  const faults = parseFaults(text);
  if (faults === null) {
    throw new RequestError(400, `Pasarela-Fault is not valid: it is any of ${FAULT_FORMS}`);
  }
  const { caller } = exchange;
  if (caller === null) return;
  // A copy: callers are remembered.
  exchange.caller = { ...caller, merchant: { ...caller.merchant, faults } };
}

/** Does the work of a request, and answers a 5xx before or after it where that was asked for. */
export async function withFaults<C extends Caller>(
  exchange: Exchange<C>,
  run: (exchange: Exchange<C>) => Promise<HttpReply>,
  failure: () => HttpReply,
): Promise<HttpReply> {
  const answer = faultsOf(exchange)?.answer;
  if (answer?.when === 'before') return failed(answer.status, failure);
  const reply = await run(exchange);
  return answer === undefined ? reply : failed(answer.status, failure);
}

function faultsOf(exchange: Exchange): Faults | undefined {
  return exchange.environment === 'sandbox' ? exchange.caller?.merchant.faults : undefined;
}

/** A 500 has the face's own words; 502 to 504 look as API Gateway writes them. */
function failed(status: FaultStatus, failure: () => HttpReply): HttpReply {
  if (status === 500) return failure();
  return { status, body: JSON.stringify({ message: GATEWAY_MESSAGES[status] }) };
}

const GATEWAY_MESSAGES = {
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
} as const;
