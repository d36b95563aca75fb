import type { Exchange } from '#operation/http/exchange.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';

/**
 * Notes which error a request is answered with: in its log, and for the guard, which looks whether
 * the operation declares it. A page tells its reader of errors in words of its own.
 * @throws UndeclaredError where there is a guard
 */
export function noteError({ guard }: Runtime, { operation, log }: Exchange, code: string): void {
  log.error = code;
  if (operation.page !== true) guard?.checkError(code);
}
