import type { TableDefinition } from '#infra/resources.ts';

/** What everything of a stage is called: the admin tool finds tables and keys by these names. */
export function nameIn(stage: string, name: string): string {
  return `pasarela-${stage}-${name}`;
}

/** The name of a table on AWS. */
export function tableName(stage: string, table: TableDefinition['name']): string {
  return nameIn(stage, table);
}

/** The alias of the KMS key that wraps the data key. */
export function wrappingKeyAlias(stage: string): string {
  return `alias/${nameIn(stage, 'data-key')}`;
}
