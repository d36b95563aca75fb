import { ADDRESS_NOT_ALLOWED } from './address-guard.ts';

/** Why a delivery got no answer; these texts are shown to merchants and must stay stable. */
export type DeliveryError =
  | 'invalid_url'
  | 'address_not_allowed'
  | 'dns_failed'
  | 'connection_refused'
  | 'connection_reset'
  | 'connection_failed'
  | 'tls_failed'
  | 'invalid_response'
  | 'timeout';

/** Codes of Node's sockets, resolver, TLS and HTTP parser; the first match decides. */
const CAUSES: readonly [code: RegExp, error: DeliveryError][] = [
  [new RegExp(`^${ADDRESS_NOT_ALLOWED}$`), 'address_not_allowed'],
  [/^(ENOTFOUND|EAI_)/, 'dns_failed'],
  [/^ECONNREFUSED$/, 'connection_refused'],
  [/^(ECONNRESET|EPIPE)$/, 'connection_reset'],
  [/^ETIMEDOUT$/, 'timeout'],
  [/^HPE_/, 'invalid_response'],
  [/^(EPROTO$|ERR_(SSL|TLS)_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/, 'tls_failed'],
];

/** The stable text for an error of a request, whose own message may tell of the target. */
export function deliveryErrorOf(error: NodeJS.ErrnoException): DeliveryError {
  const code = error.code ?? '';
  return CAUSES.find(([pattern]) => pattern.test(code))?.[1] ?? 'connection_failed';
}
