import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import { unionOf } from '#operation/declare/grants.ts';
import type { Deployable } from './declared-function.ts';

/** What a face's fallback may do and how long it may take: what any of its operations may. */
export function fallbackDeclaration(
  face: OperationDeclaration['face'],
  operations: readonly OperationDeclaration[],
): Deployable {
  return {
    path: fallbackPath(face),
    summary: 'Answers requests that are no route: aliases, and paths with a trailing slash',
    timeoutSeconds: Math.max(...operations.map((operation) => operation.timeoutSeconds)),
    grants: unionOf(operations.map((operation) => operation.grants)),
  };
}

/** Where a face's fallback is among the bundles; no function of the catalog is there. */
export function fallbackPath(face: OperationDeclaration['face']): string {
  return `${face}/fallback`;
}
