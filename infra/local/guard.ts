import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { FunctionDeclaration } from '#operation/declare/declaration.ts';
import { allows, statementsOf } from '#operation/declare/statements.ts';
import type { Guard } from '#operation/runtime/guard.ts';
import { type ActionOn, actionsOf } from './aws-actions.ts';
import { recordUse } from './grant-record.ts';

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

/** A guard that lets a function do what the statements of its role allow. */
export function guardOf(declaration: FunctionDeclaration): Guard {
  const statements = statementsOf(declaration);
  const known = new Map<string, boolean>();
  const check = (one: ActionOn) => {
    const name = `${one.action} ${one.resource}`;
    let isAllowed = known.get(name);
    if (isAllowed === undefined) {
      isAllowed = allows(statements, one.action, one.resource);
      known.set(name, isAllowed);
      recordUse({ function: declaration.name, ...one, isAllowed });
    }
    if (!isAllowed) throw new AccessDenied(declaration.name, one);
  };
  return {
    check: (action, resource) => check({ action, resource }),
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
