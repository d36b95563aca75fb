import type { ObjectId } from './ids.ts';

/** A name that only one thing may have, and by which it is found. */
export type UniqueName =
  | { kind: 'coupon_code'; name: string }
  /** Over all merchants of an environment. */
  | { kind: 'white_label'; name: string };

declare module '#ledger/core/store.ts' {
  interface Changes {
    /** Refused when something else has the name. */
    name_claimed: { name: UniqueName; holder: ObjectId };
    name_released: { name: UniqueName; holder: ObjectId };
  }
  interface Entities {
    name: { key: UniqueName; value: { holder: ObjectId } };
  }
}
