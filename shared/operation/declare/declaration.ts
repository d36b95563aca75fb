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
 * a part of it; `delete`; `check` that it is as expected, in a transaction.
 */
export type LedgerAction =
  | 'read'
  | 'get'
  | 'query'
  | 'put'
  | 'update'
  | 'delete'
  | 'check'
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

interface Operation extends Declaration {
  kind: 'operation';
  /** `METHOD /path/{parameter}` without the face's base path; the first one is the documented. */
  routes: readonly [string, ...string[]];
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
  /** HTTP statuses, besides its success, that this operation documents, each with its cases. */
  errors: Readonly<Record<number, string>>;
}

/** An operation of the Paylands API; its success is 200. */
export interface PaylandsDeclaration extends Operation {
  face: 'paylands';
  /** API key profiles that may call it; empty for any key. */
  profiles: readonly string[];
  /** Whether the body must carry the merchant's signature. */
  signed: boolean;
}

/** An operation of the HighLevel API. */
export interface HighLevelDeclaration extends Operation {
  face: 'highlevel';
  /** Token scopes that may call it; empty for any token of the location. */
  scopes: readonly string[];
  /** Whose tokens: any of a location, those of a marketplace app, or also those of a company. */
  tokens: 'location' | 'app' | 'app_or_company';
  success: 200 | 201;
}

/** An operation of a public API. */
export type OperationDeclaration = PaylandsDeclaration | HighLevelDeclaration;

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
