import { Command, InvalidArgumentError, Option } from 'commander';
import { findMerchant, tenantOf } from '#administration/find.ts';
import { removeRule, setRule, setThresholds, showPolicy } from '#administration/security-rules.ts';
import { ruleName } from '#ledger/security/evaluation.ts';
import type {
  SecurityPolicy,
  SecurityRule,
  VelocitySubject,
} from '#ledger/security/security-policy.ts';
import { action } from './action.ts';
import { asksFirst } from './confirm.ts';
import { type Report, table } from './report.ts';

/** `security show | limit | amount | countries | remove | thresholds` */
export function securityCommand(): Command {
  const command = new Command('security').description('the rules that payments are screened by');
  const score = () =>
    new Option('--score <score>', 'what it adds when a payment breaks it')
      .argParser(count)
      .default(50);
  command.command('show <merchant>').description('show lists and rules').action(show);
  command
    .command('limit <merchant>')
    .description('limit the successful payments of a card, an address or a customer')
    .addOption(
      new Option('--by <subject>', 'what is counted')
        .choices(['card', 'ip', 'customer'])
        .makeOptionMandatory(),
    )
    .requiredOption('--payments <number>', 'so many at most', count)
    .requiredOption('--days <number>', 'within so many days, today among them', days)
    .addOption(score())
    .action(limit);
  command
    .command('amount <merchant> <most>')
    .description('limit the amount of a payment, in minor units')
    .addOption(score())
    .action(amount);
  command
    .command('countries <merchant> <countries>')
    .description("name the countries of cards, such as ES,PT; others' break the rule")
    .addOption(score())
    .action(countries);
  const removing = command
    .command('remove <merchant> <rule>')
    .description('remove a rule')
    .action(remove);
  asksFirst(removing, ([merchant, rule]) => `Remove the rule ${rule} of ${merchant}?`);
  command
    .command('thresholds <merchant>')
    .description('say from which score on payments are authenticated or refused')
    .requiredOption('--authenticate <score>', '3-D Secure is demanded', count)
    .requiredOption('--refuse <score>', 'the payment is refused as fraud', count)
    .action(thresholds);
  return command;
}

interface Scored {
  score: number;
}

const show = action(async ({ target, args: [text] }) => {
  return report(await showPolicy(target, tenantOf(await findMerchant(target, text))));
});

const limit = action<Scored & { by: VelocitySubject; payments: number; days: number }>(
  async ({ target, args: [text], options }) => {
    const { by: subject, payments, days: within, score } = options;
    const rule: SecurityRule = { kind: 'velocity', subject, payments, days: within, score };
    return report(await setRule(target, tenantOf(await findMerchant(target, text)), rule));
  },
);

const amount = action<Scored>(async ({ target, args: [text, most = ''], options: { score } }) => {
  const rule: SecurityRule = { kind: 'amount', most: count(most), score };
  return report(await setRule(target, tenantOf(await findMerchant(target, text)), rule));
});

const countries = action<Scored>(
  async ({ target, args: [text, named = ''], options: { score } }) => {
    const allowed = named.toUpperCase().split(',');
    if (!allowed.every((one) => /^[A-Z]{2}$/.test(one))) {
      throw new Error(`"${named}" are not countries of two letters, such as ES,PT`);
    }
    const rule: SecurityRule = { kind: 'countries', allowed, score };
    return report(await setRule(target, tenantOf(await findMerchant(target, text)), rule));
  },
);

const remove = action(async ({ target, args: [text, name = ''] }) => {
  return report(await removeRule(target, tenantOf(await findMerchant(target, text)), name));
});

const thresholds = action<{ authenticate: number; refuse: number }>(
  async ({ target, args: [text], options: { authenticate, refuse } }) => {
    const tenant = tenantOf(await findMerchant(target, text));
    return report(await setThresholds(target, tenant, { authenticate, refuse }));
  },
);

function report(policy: SecurityPolicy): Report {
  const rules = policy.rules.map((rule) => [ruleName(rule), conditionOf(rule), String(rule.score)]);
  const lists = policy.lists.map(({ uuid, color, enabled, services, description }) => [
    uuid,
    color,
    enabled ? 'yes' : 'no',
    services.join(', ') || 'all',
    description,
  ]);
  const { authenticate, refuse } = policy.thresholds;
  const text = [
    rules.length === 0 ? 'No rules.' : table(['RULE', 'BROKEN BY', 'SCORE'], rules),
    `3-D Secure from a score of ${authenticate} on, refused from ${refuse} on.`,
    lists.length === 0
      ? 'No lists.'
      : table(['LIST', 'COLOUR', 'ENABLED', 'SERVICES', 'DESCRIPTION'], lists),
  ].join('\n\n');
  return { json: policy, text };
}

function conditionOf(rule: SecurityRule): string {
  if (rule.kind === 'amount') return `more than ${rule.most} in minor units`;
  if (rule.kind === 'countries') return `a card of another country than ${rule.allowed.join(', ')}`;
  const { payments, days: within } = rule;
  const successful = payments === 1 ? '1 successful payment' : `${payments} successful payments`;
  return `more than ${successful} in ${within === 1 ? 'a day' : `${within} days`}`;
}

/** A year of days is one item of the store; more would not fit. */
function days(text: string): number {
  const value = count(text);
  if (value < 1 || value > 366) throw new InvalidArgumentError('From 1 to 366.');
  return value;
}

function count(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('Not a whole number.');
  return Number(text);
}
