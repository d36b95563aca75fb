import type { LedgerErrorCode } from '#ledger/core/errors.ts';
import type { Grants, Route } from './declaration.ts';
import { isMutating } from './grants.ts';

/** The errors of an operation: those that it declares, and those that follow from its nature. */
export function withDerivedErrors<C extends string>(declared: {
  grants: Grants;
  routes: readonly [Route, ...Route[]];
  errors: readonly C[];
}): (C | LedgerErrorCode)[] {
  return isMutating(declared) ? [...declared.errors, 'write_conflict'] : [...declared.errors];
}
