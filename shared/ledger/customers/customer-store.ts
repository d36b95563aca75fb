/** A customer of a merchant, known by the merchant's own id. */
export interface Customer {
  externalId: string;
  createdAt: string;
  /** Only in what was read, and not in what earlier versions wrote. */
  version?: number;
}

/** Lets a browser act for a customer for a while; only its digest is kept. */
export interface CustomerToken {
  digest: string;
  customer: string;
  /** Seconds since 1970. */
  expiresAt: number;
}

declare module '#ledger/core/store.ts' {
  interface Changes {
    /**
     * Written after all other changes, if it is not there yet; several requests may write the same.
     */
    customer: { customer: Customer };
    /** Written only while the customer has this version; null for none, or one without it. */
    customer_deleted: { customer: string; version: number | null };
    customer_token: { token: CustomerToken };
  }

  interface Entities {
    customer: { key: string; value: Customer };
    /** By its digest. */
    customerToken: { key: string; value: CustomerToken };
  }
}
