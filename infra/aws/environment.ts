import { PAYLANDS_ZONE } from '#faces/paylands/time.ts';
import type { Grants } from '#operation/declare/declaration.ts';
import { queueVariable, variablesOf } from '#operation/declare/grants.ts';
import type { SharedResources } from './shared-resources.ts';

/**
 * The environment of a function: the zone of Paylands' times, in which its process is started so
 * that a new one need not look it up, the stage's settings, and what its grants let it reach.
 */
export function environmentOf(grants: Grants, resources: SharedResources): Record<string, string> {
  const { stage, tables, wrappingKey, queues } = resources;
  const values: Record<string, string | null> = {
    LEDGER_TABLE: tables.ledger.tableName,
    ACCESS_TABLE: tables.access.tableName,
    KMS_KEY_ID: wrappingKey.keyArn,
    MAIL_FROM: stage.mailFrom,
    ...Object.fromEntries(
      Object.entries(queues).map(([name, queue]) => [queueVariable(name), queue.queueUrl]),
    ),
  };
  const found = variablesOf(grants).flatMap((name) => {
    const value = values[name] ?? null;
    return value === null ? [] : [[name, value]];
  });
  return { TZ: PAYLANDS_ZONE, ...stage.settings, ...Object.fromEntries(found) };
}
