import { AsyncLocalStorage } from 'node:async_hooks';
import type { FunctionDeclaration } from '#operation/declare/declaration.ts';
import { createRuntime, type Runtime, runOn } from '#operation/runtime/runtime.ts';
import { settingsOf } from './environment.ts';
import { guardOf } from './guard.ts';

const scope = new AsyncLocalStorage<FunctionDeclaration>();

/** Has functions run with the environment as it is when each is called first, from now on. */
export function takeEnvironment(): void {
  const runtimes = new WeakMap<FunctionDeclaration, Runtime>();
  runOn(() => {
    const declaration = scope.getStore();
    if (declaration === undefined) return;
    const known = runtimes.get(declaration);
    if (known !== undefined) return known;
    const made = createRuntime(settingsOf(declaration.grants), guardOf(declaration));
    runtimes.set(declaration, made);
    return made;
  });
}

/**
 * Calls something as a function: with a runtime made of the function's own environment, whose
 * calls are checked against the statements of the function's role.
 */
export function asFunction<T>(declaration: FunctionDeclaration, call: () => T): T {
  return scope.run(declaration, call);
}

/** The function that is running here, if any. */
export function runningFunction(): FunctionDeclaration | undefined {
  return scope.getStore();
}
