import type { Grants, LedgerAction, OperationDeclaration } from './declaration.ts';

const WRITES = ['put', 'update', 'delete'] as const satisfies LedgerAction[];

/** An action that changes the ledger. */
export type LedgerWrite = (typeof WRITES)[number];

/** Whether a function changes the ledger. */
export function writesLedger(grants: Grants): boolean {
  return (grants.ledger ?? []).some((action) => WRITES.some((write) => write === action));
}

/**
 * Whether an operation changes what clients see, and so takes an idempotency key; a list that
 * writes down what it counted does not.
 */
export function isMutating({ grants, routes }: Pick<OperationDeclaration, 'grants' | 'routes'>) {
  return writesLedger(grants) && !routes[0].startsWith('GET ');
}

/** The grants of a function that does the work of several: everything that any of them may do. */
export function unionOf(all: readonly Grants[]): Grants {
  const union: Grants = {};
  for (const grants of all) {
    for (const merge of Object.values(MERGES)) merge(union, grants);
  }
  return union;
}

type Merge = (union: Grants, grants: Grants) => void;

/** How each field is merged. A new field of grants does not compile until it is listed here. */
const MERGES: Readonly<Record<keyof Required<Grants>, Merge>> = {
  ledger(union, { ledger }) {
    if (ledger !== undefined) union.ledger = [...new Set([...(union.ledger ?? []), ...ledger])];
  },
  access(union, { access }) {
    if (access !== undefined && union.access !== 'list') union.access = access;
  },
  sends(union, { sends }) {
    if (sends !== undefined) union.sends = [...new Set([...(union.sends ?? []), ...sends])];
  },
  messages(union, { messages }) {
    if (messages !== undefined) {
      union.messages = [...new Set([...(union.messages ?? []), ...messages])];
    }
  },
  key(union, { key }) {
    if (key === true) union.key = true;
  },
  acquirer(union, { acquirer }) {
    if (acquirer === true) union.acquirer = true;
  },
};

/** The environment variables that a function with such grants gets besides the stage's settings. */
export function variablesOf({ sends = [], messages = [], key }: Grants): string[] {
  return [
    'LEDGER_TABLE',
    'ACCESS_TABLE',
    ...sends.map(queueVariable),
    ...(key === true ? KEY_VARIABLES : []),
    ...(messages.includes('mail') ? ['MAIL_FROM'] : []),
    ...(messages.length === 0 ? [] : ['MAILBOX_FILE']),
  ];
}

/** On AWS the first, on a laptop the second. */
const KEY_VARIABLES = ['KMS_KEY_ID', 'LOCAL_KEY_FILE'];

/** The environment variable in which functions find a queue. */
export function queueVariable(queue: string): string {
  return `${queue.toUpperCase().replaceAll('-', '_')}_QUEUE_URL`;
}
