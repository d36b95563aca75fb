import * as z from 'zod/mini';

const text = z.string();
const optionalText = z.optional(text);
const number = z.string().check(z.regex(/^\d+(\.\d+)?$/, 'must be a number'));
const positive = z.string().check(z.regex(/^[1-9]\d*$/, 'must be a whole number above 0'));
const numberOr = (fallback: string) => z.pipe(z._default(number, fallback), z.transform(Number));
const flag = (fallback: 'true' | 'false') =>
  z.pipe(
    z._default(z.enum(['true', 'false']), fallback),
    z.transform((text) => text === 'true'),
  );

/** What a function is given to reach what its declaration grants. */
const resources = {
  LEDGER_TABLE: text,
  ACCESS_TABLE: text,
  /** Set on AWS by the declaration of a function that sends to the queue. */
  NOTIFICATIONS_QUEUE_URL: optionalText,
  SLOW_NOTIFICATIONS_QUEUE_URL: optionalText,
  PUSH_CONFIRMATIONS_QUEUE_URL: optionalText,
  DEVICE_PAYMENTS_QUEUE_URL: optionalText,
  BATCH_ROWS_QUEUE_URL: optionalText,
  MOTO_LINKS_QUEUE_URL: optionalText,
  RENEWALS_QUEUE_URL: optionalText,
  /** The address that mail is sent from. */
  MAIL_FROM: optionalText,
  /** Keeps mail and SMS in a file instead of sending them. */
  MAILBOX_FILE: optionalText,
  /** Exactly one of these protects the data key. */
  KMS_KEY_ID: optionalText,
  LOCAL_KEY_FILE: optionalText,
  DYNAMODB_ENDPOINT: optionalText,
  SQS_ENDPOINT: optionalText,
};

/** What a stage may set for all of its functions. */
const stageSettings = {
  /** Where buyers reach the hosted pages; by default the host that the request came to. */
  PUBLIC_URL: optionalText,
  LOG_LEVEL: z._default(z.enum(['debug', 'info', 'warn', 'error', 'silent']), 'info'),
  /** How long a function trusts what it read of keys and merchants. */
  ACCESS_CACHE_SECONDS: numberOr('10'),
  /** After how long a pending transaction is looked after; longer than any function may run. */
  RECOVER_AFTER_SECONDS: numberOr('90'),
  /** Delays before the second, third … attempt to deliver a notification. */
  NOTIFICATION_RETRY_SECONDS: z.pipe(
    z._default(
      z.string().check(z.regex(/^\d+(,\d+)*$/, 'must be numbers with commas between them')),
      '60,300,900,3600,7200,14400,28800,28800',
    ),
    z.transform((text) => text.split(',').map(Number)),
  ),
  /** Whether `/` is written as `\/` in answers, as PHP does; no hash depends on it. */
  ESCAPE_SLASHES: flag('true'),
  /** Whether notifications may go to private, loopback and link-local addresses. */
  ALLOW_PRIVATE_ADDRESSES: flag('false'),
  /** What the sandbox answers to a valid card number that its tables do not name. */
  SANDBOX_UNKNOWN_CARD: z._default(z.enum(['approve', 'refuse']), 'approve'),
  /** How many links of MoTo campaigns are sent a second, at most: SES and SNS have limits. */
  MOTO_LINKS_PER_SECOND: z.pipe(z._default(positive, '10'), z.transform(Number)),
  /** After how long a payer of the sandbox accepts a payment on the telephone. */
  SANDBOX_PUSH_SECONDS: numberOr('3'),
  /** After how long a terminal of the sandbox has an answer. */
  SANDBOX_DEVICE_SECONDS: numberOr('10'),
  /** How long the sandbox acquirer takes to answer. */
  SANDBOX_LATENCY_MS: numberOr('0'),
};

const settingsSchema = z.object({ ...resources, ...stageSettings });

export type Settings = z.infer<typeof settingsSchema>;

/**
 * Reads the settings of a function from its environment; a wrong one fails the cold start.
 * @throws naming each setting that is not valid, without its value
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const result = z.safeParse(settingsSchema, environment);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => {
    const values = issue.code === 'invalid_value' ? issue.values.join(', ') : null;
    return `${issue.path.join('.')} ${values === null ? issue.message : `must be one of ${values}`}`;
  });
  throw new Error(`A setting is not valid: ${wrong.join(', ')}`);
}

/** The names of what a stage may set. */
export const STAGE_SETTINGS: readonly string[] = Object.keys(stageSettings);

/**
 * Checks what a stage sets, before anything is deployed with it.
 * @throws when a name is none of the settings, or a value is not valid
 */
export function checkStageSettings(settings: Readonly<Record<string, string>>): void {
  z.strictObject(stageSettings).parse(settings);
}
