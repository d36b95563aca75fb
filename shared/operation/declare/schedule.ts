import { type Runtime, runtime } from '#operation/runtime/runtime.ts';
import type { DeclaredFunction, LambdaContext, ScheduleDeclaration } from './declaration.ts';

/** Declares something that runs every so many minutes. */
export function schedule(
  spec: Omit<ScheduleDeclaration, 'kind'> & {
    handle(runtime: Runtime, remainingMs: () => number): Promise<void>;
  },
): DeclaredFunction<ScheduleDeclaration> {
  const { handle, ...declaration } = spec;
  return {
    declaration: { kind: 'schedule', ...declaration },
    handler: (_event: unknown, context: LambdaContext) =>
      handle(runtime(), () => context.getRemainingTimeInMillis()),
  };
}
