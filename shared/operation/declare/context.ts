import type { LedgerContext, ReadContext } from '#ledger/core/context.ts';
import type { Grants, LedgerAction } from './declaration.ts';
import type { LedgerWrite } from './grants.ts';

/** What an operation with such grants works with: only who may write can commit. */
export type ContextOf<G extends Grants> = [ActionsOf<G> & LedgerWrite] extends [never]
  ? ReadContext
  : LedgerContext;

type ActionsOf<G extends Grants> = G extends { ledger: readonly (infer A)[] }
  ? A & LedgerAction
  : never;

/** A context as the grants let it be seen. */
export function contextFor<G extends Grants>(context: LedgerContext): ContextOf<G> {
  return context as LedgerContext & ContextOf<G>;
}
