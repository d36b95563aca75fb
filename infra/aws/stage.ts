import type { Node } from 'constructs';
import * as z from 'zod/mini';
import { checkStageSettings } from '#operation/runtime/settings.ts';

/** A deployment of its own, next to others in the same account. */
export interface Stage {
  name: string;
  /** Whether data, keys and logs outlive their stacks. */
  keepsData: boolean;
  logDays: number;
  /** What the gateway lets through of each API, in requests per second. */
  throttle: { rateLimit: number; burstLimit: number };
  /** Who is told of alarms; without it they are only on the topic. */
  alarmEmail: string | null;
  /** The address that mail is sent from; without it none is. */
  mailFrom: string | null;
  /** Settings (`shared/operation/runtime/settings.ts`) of all functions of this stage. */
  settings: Readonly<Record<string, string>>;
}

const stageContext = z.strictObject({
  alarmEmail: z.optional(z.email()),
  settings: z.optional(z.record(z.string(), z.string())),
});

/** Names of tables, queues, functions and aliases are made of it. */
const STAGE_NAME = /^[a-z][a-z0-9-]{0,14}$/;

/**
 * Reads the stage from the context: its name is `stage`, what differs per stage is in `stages`.
 * @throws when the name or the context has the wrong form, or a setting is none or not valid
 */
export function readStage(node: Node): Stage {
  const name: unknown = node.tryGetContext('stage') ?? 'dev';
  if (typeof name !== 'string' || !STAGE_NAME.test(name)) {
    throw new Error(`The stage must match ${STAGE_NAME}: ${name}`);
  }
  return stageOf(name, stageContext.parse(node.tryGetContext('stages')?.[name] ?? {}));
}

/** A stage by its name: `prod` keeps what it has, any other may be thrown away. */
export function stageOf(name: string, context: z.infer<typeof stageContext> = {}): Stage {
  const isProduction = name === 'prod';
  const { MAIL_FROM = null, ...settings } = context.settings ?? {};
  checkStageSettings(settings);
  return {
    name,
    keepsData: isProduction,
    logDays: isProduction ? 365 : 14,
    throttle: isProduction
      ? { rateLimit: 500, burstLimit: 1000 }
      : { rateLimit: 50, burstLimit: 100 },
    alarmEmail: context.alarmEmail ?? null,
    mailFrom: MAIL_FROM === null ? null : z.parse(z.email(), MAIL_FROM),
    settings,
  };
}
