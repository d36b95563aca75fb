import type { Exchange } from '#operation/http/exchange.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';

/**
 * Notes which error a request is answered with: in its log, and for the guard, by which tests see
 * whether the operation declares it. A page tells its reader of errors in words of its own.
 */
export function noteError({ guard }: Runtime, { operation, log }: Exchange, code: string): void {
  log.error = code;
  if (operation.page !== true) guard?.noteError(code);
}
