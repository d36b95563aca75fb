import type { Operation } from '#operation/declare/declaration.ts';
import type { PaylandsErrorCode } from './errors.ts';
import type { Profile } from './profiles.ts';

/** An operation of the Paylands API, or one of its pages; its success is 200. */
export interface PaylandsDeclaration extends Operation {
  face: 'paylands';
  /** API key profiles that may call it; empty for any key. */
  profiles: readonly Profile[];
  /** Whether the body must carry the merchant's signature. */
  signed: boolean;
  errors: readonly PaylandsErrorCode[];
}

declare module '#operation/declare/declaration.ts' {
  interface Faces {
    paylands: PaylandsDeclaration;
  }
}
