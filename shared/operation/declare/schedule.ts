import { type Runtime, runtime } from '#operation/runtime/runtime.ts';
import type {
  DeclaredFunction,
  Grants,
  LambdaContext,
  ScheduleDeclaration,
} from './declaration.ts';

/** Declares something that runs every so many minutes. */
export function schedule(
  spec: Omit<ScheduleDeclaration, 'kind'> & {
    handle(runtime: Runtime, remainingMs: () => number): Promise<void>;
  },
): DeclaredFunction<ScheduleDeclaration> {
  const { handle, ...declaration } = spec;
  // Work of a merchant begins with reading the merchant.
  const grants: Grants = { access: 'read', key: true, ...declaration.grants };
  return {
    declaration: { kind: 'schedule', ...declaration, grants },
    handler: (_event: unknown, context: LambdaContext) =>
      handle(runtime(), () => context.getRemainingTimeInMillis()),
  };
}
