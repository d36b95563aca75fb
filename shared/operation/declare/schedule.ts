import { type Runtime, runtime } from '#operation/runtime/runtime.ts';
import type {
  DeclaredFunction,
  Grants,
  LambdaContext,
  ScheduleDeclaration,
} from './declaration.ts';

/** How a schedule comes to run. */
export interface Run {
  /**
   * Whether the process that worked on pending work has ended, so that nothing has to be waited
   * for.
   */
  isRestart: boolean;
}

/** Declares a function that runs at an interval of minutes. */
export function schedule(
  spec: Omit<ScheduleDeclaration, 'kind'> & {
    handle(runtime: Runtime, remainingMs: () => number, run: Run): Promise<void>;
  },
): DeclaredFunction<ScheduleDeclaration> {
  const { handle, ...declaration } = spec;
  // Work of a merchant begins with reading the merchant.
  const grants: Grants = { access: 'read', key: true, ...declaration.grants };
  return {
    declaration: { kind: 'schedule', ...declaration, grants },
    handler: (event: { isRestart?: unknown }, context: LambdaContext) =>
      handle(runtime(), () => context.getRemainingTimeInMillis(), {
        isRestart: event?.isRestart === true,
      }),
  };
}
