import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import { unionOf } from '#operation/declare/grants.ts';
import type { Deployable } from './declared-function.ts';

/** What a face's fallback may do and how long it may take: what any of its operations may. */
export function fallbackDeclaration(
  face: OperationDeclaration['face'],
  operations: readonly OperationDeclaration[],
): Deployable {
  return {
    name: fallbackName(face),
    summary: 'Answers requests that are no route: those with a trailing slash',
    timeoutSeconds: Math.max(...operations.map((operation) => operation.timeoutSeconds)),
    grants: unionOf(operations.map((operation) => operation.grants)),
  };
}

/** The name of a face's fallback; no operation is called like one. */
export function fallbackName(face: OperationDeclaration['face']): string {
  return `${face}-fallback`;
}
