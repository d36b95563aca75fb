import * as z from 'zod/mini';
import type { CatalogEntry } from '#infra/local/functions.ts';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';

/** An operation for tests of what is around operations; it answers with the event it got. */
export function operation(
  name: string,
  routes: OperationDeclaration['routes'],
  handler: (event: never) => Promise<unknown> = async (event) => ({
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  }),
): CatalogEntry<OperationDeclaration> {
  return {
    path: `test/${name}`,
    handler,
    declaration: {
      kind: 'operation',
      face: 'paylands',
      name,
      summary: name,
      tag: 'Test',
      routes,
      profiles: [],
      signed: false,
      grants: { ledger: ['read'] },
      timeoutSeconds: 5,
      response: z.unknown(),
      errors: [],
    },
  };
}
