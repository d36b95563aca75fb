import type { TableDefinition } from '#infra/resources.ts';

/** What everything of a stage is called: the admin tool finds tables and keys by these names. */
export function nameIn(stage: string, name: string): string {
  return `pasarela-${stage}-${name}`;
}

/** What Lambda allows the name of a function. */
const MAX_FUNCTION_NAME = 64;

/**
 * The name of a function's Lambda: its path in the catalog.
 * @throws when stage and path are together longer than Lambda allows
 */
export function functionName(stage: string, path: string): string {
  const name = nameIn(stage, path.replaceAll('/', '-'));
  if (name.length > MAX_FUNCTION_NAME) {
    throw new Error(`The function name ${name} has more than ${MAX_FUNCTION_NAME} characters`);
  }
  return name;
}

/** The name of a table on AWS. */
export function tableName(stage: string, table: TableDefinition['name']): string {
  return nameIn(stage, table);
}

/** The alias of the KMS key that wraps the data key. */
export function wrappingKeyAlias(stage: string): string {
  return `alias/${nameIn(stage, 'data-key')}`;
}
