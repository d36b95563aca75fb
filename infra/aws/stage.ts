import type { Node } from 'constructs';
import * as z from 'zod/mini';
import { checkStageSettings } from '#operation/runtime/settings.ts';
import type { PasarelaProps } from './props.ts';

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
  /** The domain that a face is served under, each with its certificate of the same region. */
  domains: NonNullable<PasarelaProps['domains']>;
  /** The address that mail is sent from; without it none is. */
  mailFrom: string | null;
  /** Settings (`shared/operation/runtime/settings.ts`) of all functions of this stage. */
  settings: Readonly<Record<string, string>>;
}

const domain = z.strictObject({ name: z.string(), certificateArn: z.string() });

/** What `stages` of the context may say of a stage: what the construct takes too. */
const stageContext = z.strictObject({
  domains: z.optional(
    z.strictObject({ paylands: z.optional(domain), highlevel: z.optional(domain) }),
  ),
  alarmEmail: z.optional(z.email()),
  settings: z.optional(z.record(z.string(), z.string())),
});

/** Names of tables, queues, functions and aliases are made of it. */
const STAGE_NAME = /^[a-z][a-z0-9-]{0,14}$/;

/**
 * What the context says of the stage: its name is `stage`, what differs per stage is in `stages`.
 * @throws when the name or the context has the wrong form
 */
export function stageProps(node: Node): PasarelaProps {
  const name: unknown = node.tryGetContext('stage') ?? 'dev';
  if (typeof name !== 'string') throw new Error(`The stage must be a name: ${name}`);
  return { stage: name, ...stageContext.parse(node.tryGetContext('stages')?.[name] ?? {}) };
}

/**
 * A stage by its name: `prod` keeps what it has, any other may be thrown away.
 * @throws when it is no name of a stage, or a function could not start with the settings
 */
export function stageOf({ stage: name = 'dev', ...props }: PasarelaProps): Stage {
  if (!STAGE_NAME.test(name)) throw new Error(`The stage must match ${STAGE_NAME}: ${name}`);
  const { domains = {}, alarmEmail = null } = props;
  const { MAIL_FROM = null, ...settings } = props.settings ?? {};
  checkStageSettings(settings);
  const isProduction = name === 'prod';
  return {
    name,
    keepsData: isProduction,
    logDays: isProduction ? 365 : 14,
    throttle: isProduction
      ? { rateLimit: 500, burstLimit: 1000 }
      : { rateLimit: 50, burstLimit: 100 },
    alarmEmail,
    domains,
    mailFrom: MAIL_FROM === null ? null : z.parse(z.email('MAIL_FROM is no address'), MAIL_FROM),
    settings: settingsOf(domains, settings),
  };
}

/** Buyers are sent to the domain of the pages, unless a setting says otherwise. */
function settingsOf(
  { paylands }: Stage['domains'],
  settings: Stage['settings'],
): Stage['settings'] {
  return paylands === undefined
    ? settings
    : { PUBLIC_URL: `https://${paylands.name}`, ...settings };
}
