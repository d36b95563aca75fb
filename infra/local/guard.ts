import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { FunctionDeclaration } from '#operation/declare/declaration.ts';
import { allows, statementsOf } from '#operation/declare/statements.ts';
import type { Guard } from '#operation/runtime/guard.ts';
import { type ActionOn, actionsOf } from './aws-actions.ts';
import { ERROR, recordUse } from './grant-record.ts';

/** What IAM answers to a function whose role does not allow what it asks for. */
export class AccessDenied extends Error {
  override name = 'AccessDeniedException';

  constructor(by: string, { action, resource }: ActionOn) {
    super(
      `Function ${by} is not authorized to perform: ${action} on resource: ${resource} ` +
        'because no statement of its role allows it: see the grants of its declaration',
    );
  }
}

/**
 * A guard that lets a function do what the statements of its role allow, and writes down for tests
 * which errors it answers that it does not declare.
 */
export function guardOf(declaration: FunctionDeclaration): Guard {
  const statements = statementsOf(declaration);
  const known = new Map<string, boolean>();
  const isAllowed = (one: ActionOn, decide: () => boolean) => {
    const name = `${one.action} ${one.resource}`;
    const found = known.get(name);
    if (found !== undefined) return found;
    const decided = decide();
    known.set(name, decided);
    recordUse({ function: declaration.name, ...one, isAllowed: decided });
    return decided;
  };
  const check = (one: ActionOn) => {
    if (isAllowed(one, () => allows(statements, one.action, one.resource))) return;
    throw new AccessDenied(declaration.name, one);
  };
  return {
    check: (action, resource) => check({ action, resource }),
    noteError(code) {
      const errors: readonly string[] = declaration.kind === 'operation' ? declaration.errors : [];
      isAllowed({ action: ERROR, resource: code }, () => errors.includes(code));
    },
    watch(client: DynamoDBClient | SQSClient) {
      // Both clients take the same middleware, but their types do not say so.
      (client as DynamoDBClient).middlewareStack.add(
        (next, { commandName = '' }) =>
          async (call) => {
            for (const one of actionsOf(commandName, call.input)) check(one);
            return next(call);
          },
        { step: 'initialize', name: 'guard' },
      );
    },
  };
}
