/** The browser that a payment was made in (contract C.1.2, `device`). */
export interface Browser {
  /** Equal for browsers that say the same of themselves. */
  fingerprint: string;
  userAgent: string;
}

/** Who pays, as far as a request tells. */
export interface Payer {
  ip: string | null;
  /** Null when the request came from a shop's server. */
  browser: Browser | null;
}
