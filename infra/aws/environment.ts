import { queueVariable } from '#infra/resources.ts';
import type { Grants } from '#operation/declare/declaration.ts';
import type { SharedResources } from './shared-resources.ts';

/** The environment of a function: the stage's settings and what its grants let it reach. */
export function environmentOf(grants: Grants, resources: SharedResources): Record<string, string> {
  const { stage, tables, wrappingKey, queues } = resources;
  const sends = grants.sends ?? [];
  return {
    ...stage.settings,
    LEDGER_TABLE: tables.ledger.tableName,
    ACCESS_TABLE: tables.access.tableName,
    ...(grants.key === true ? { KMS_KEY_ID: wrappingKey.keyArn } : {}),
    ...Object.fromEntries(sends.map((name) => [queueVariable(name), queues[name].queueUrl])),
  };
}
