import type { Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { DayCounts } from './evaluation.ts';
import type { ListItem } from './list-item.ts';
import type { SecurityPolicy } from './security-policy.ts';

/** What to look up for a payment. */
export interface SecurityKeys {
  matches: readonly string[];
  /** Identities of velocity counters. */
  counters: readonly string[];
}

/** For each match the lists that have it, and for each counter its counts by day. */
export interface SecurityFindings {
  policy: SecurityPolicy | null;
  lists: ReadonlyMap<string, readonly Uuid[]>;
  counts: ReadonlyMap<string, DayCounts>;
}

/** One more payment of a counter on a day, or one less. */
export interface Count {
  counter: string;
  /** `20261121` */
  day: string;
  by: 1 | -1;
  /**
   * Refused, so that the payment is screened again, unless the day's count is below this; null for
   * no limit.
   */
  below: number | null;
  /** Days that nobody looks at any more. */
  stale: readonly string[];
  /** When the counter expires, in seconds since 1970. */
  expiresAt: number;
}

declare module '#ledger/core/store.ts' {
  interface Changes {
    /** Written if its version is still one less than this one's. */
    security_policy: { policy: SecurityPolicy };
    /** Adding what is there already changes nothing. */
    list_item_added: { list: Uuid; item: ListItem };
    list_item_removed: { list: Uuid; item: ListItem };
    velocity_counted: { count: Count };
  }

  interface Entities {
    securityPolicy: { key: 'policy'; value: SecurityPolicy };
    listItem: { key: { list: Uuid; item: Uuid }; value: ListItem };
  }

  interface LedgerReads {
    /** The items of a list, by their uuids. */
    listItems(tenant: Tenant, list: Uuid): Promise<ListItem[]>;
    /**
     * The policy with its findings, read consistently, in one round trip, or in two when the policy
     * has changed since this instance last read it. One that is given is not read again.
     */
    security(
      tenant: Tenant,
      keysFor: (policy: SecurityPolicy) => SecurityKeys,
      known?: SecurityPolicy,
    ): Promise<SecurityFindings>;
  }
}
