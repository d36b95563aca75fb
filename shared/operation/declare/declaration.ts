import type { ZodMiniType } from 'zod/mini';

/** The indexes of the ledger. */
export const INDEX_NAMES = ['due', 'lists', 'states', 'journal'] as const;

/** What a function may touch. Its environment and its role are derived from this, together. */
export interface Grants {
  /** What it does with the table of orders, transactions, cards and idempotency records. */
  ledger?: readonly LedgerAction[];
  /** The table of merchants and credentials: entries by their keys, or lists of them too. */
  access?: 'read' | 'list';
  /** Queues it sends to. */
  sends?: readonly QueueName[];
  /** How it reaches people. */
  messages?: readonly ('mail' | 'sms')[];
  /** Whether it decrypts signatures or fingerprints cards. */
  key?: boolean;
  /** Whether it asks acquirers: to move money, to check a card, to say what a card number is. */
  acquirer?: boolean;
}

export type QueueName =
  | 'notifications'
  | 'slow-notifications'
  | 'push-confirmations'
  | 'device-payments'
  | 'batch-rows'
  | 'renewals'
  | 'moto-links';

/**
 * An action on the ledger, each one permission: `read` entries by their keys, several at once;
 * `get` one; `query` a partition, or an index of that name; `put` what is written whole; `update`
 * a part of it; `delete`.
 */
export type LedgerAction =
  | 'read'
  | 'get'
  | 'query'
  | 'put'
  | 'update'
  | 'delete'
  | `query ${IndexName}`;

/** An index of the ledger. */
export type IndexName = (typeof INDEX_NAMES)[number];

/** How long a function may take that a client waits for: the gateway gives up after 29 seconds. */
export const REQUEST_SECONDS = 28;

interface Declaration {
  /** Unique in the catalog; names the Lambda. */
  name: string;
  summary: string;
  grants: Grants;
  timeoutSeconds: number;
}

/** The address of an operation: `METHOD /path/{parameter}`, without its face's base path. */
export type Route = `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`;

/** What the operations of every face declare. */
export interface Operation extends Declaration {
  kind: 'operation';
  face: string;
  /** The first one is the documented one, the others are aliases. */
  routes: readonly [Route, ...Route[]];
  /** Answers HTML to a browser; the token in the path opens it, no API key. */
  page?: true;
  /** Its routes begin at the root of the address, not at the face's base path. */
  atRoot?: true;
  /** The documentation's group. */
  tag: string;
  path?: ZodMiniType;
  query?: ZodMiniType;
  body?: ZodMiniType;
  /** The largest body that it takes, in bytes; by default 1 MB. */
  maxBodyBytes?: number;
  /** Whether its answer holds a secret, so that it is stored for repetitions encrypted. */
  answersSecret?: true;
  response: ZodMiniType;
  /**
   * The codes of what it may answer instead of its success, besides what follows from how every
   * request is processed. The face's table says with which status.
   */
  errors: readonly string[];
}

/** The declarations of operations, by face; each face adds its own, by declaration merging. */
// biome-ignore lint/suspicious/noEmptyInterface: Each face adds its declaration.
export interface Faces {}

/** An operation of a public API. */
export type OperationDeclaration = Faces[keyof Faces];

/** A consumer of a queue. */
export interface JobDeclaration extends Declaration {
  kind: 'job';
  queue: QueueName;
  batchSize: number;
  /** How many of its instances may run at a time, at least 2; by default 10. */
  maxConcurrency?: number;
}

/** Something that EventBridge runs. */
export interface ScheduleDeclaration extends Declaration {
  kind: 'schedule';
  everyMinutes: number;
}

export type FunctionDeclaration = OperationDeclaration | JobDeclaration | ScheduleDeclaration;

/** A Lambda: its declaration, and the handler that Lambda and the local server both call. */
export interface DeclaredFunction<D extends FunctionDeclaration = FunctionDeclaration> {
  declaration: D;
  handler: (event: never, context: LambdaContext) => Promise<unknown>;
}

/** The part of Lambda's context that the functions use. */
export interface LambdaContext {
  awsRequestId: string;
  getRemainingTimeInMillis(): number;
}
