import { Command, InvalidArgumentError } from 'commander';
import { issueToken, revokeToken } from '#administration/locations.ts';
import { SCOPES } from '#faces/highlevel/scopes.ts';
import type { AccessToken } from '#store/access/location-store.ts';
import { action } from './action.ts';
import { asksFirst } from './confirm.ts';
import { fields, table } from './report.ts';

interface IssueOptions {
  app?: string;
  scopes: readonly string[];
  label: string;
}

/** `highlevel token issue | list | revoke` */
export function tokenCommand(): Command {
  const command = new Command('token').description('tokens, shown once and stored as digests');
  command
    .command('issue <account>')
    .description('issue a token of a location or a company')
    .option('--app <id>', 'to a marketplace app; without it, a private integration token')
    .option('--scopes <scopes>', `comma-separated, of ${SCOPES.join(', ')}`, scopesIn, [...SCOPES])
    .option('--label <label>', 'what it is for', '')
    .action(issue);
  command.command('list <account>').description('list tokens').action(list);
  const revoking = command
    .command('revoke <account> <token>')
    .description('end the validity of a token, named by its id')
    .action(revoke);
  asksFirst(revoking, ([account, id]) => `Revoke the token ${id} of ${account}?`);
  return command;
}

const issue = action<IssueOptions>(async ({ target, args: [account = ''], options }) => {
  const { app = null, scopes, label } = options;
  const draft = { account, app, scopes, label };
  const { token, record } = await issueToken(target.locations, draft);
  const shown = { id: record.id, kind: kindOf(record), token };
  return {
    json: { ...record, token },
    text: `${fields(shown)}\n\nKeep the token: it is not shown again.`,
  };
});

const list = action(async ({ target, args: [account = ''] }) => {
  const tokens = (await target.locations.tokensOf(account)).map((one) => one.token);
  const sorted = tokens.toSorted((one, other) => one.id.localeCompare(other.id));
  const rows = sorted.map((token) => [
    token.id,
    kindOf(token),
    token.app ?? '-',
    token.label,
    token.scopes.join(','),
    token.createdAt,
    token.revokedAt ?? '-',
  ]);
  const headings = ['TOKEN', 'KIND', 'APP', 'LABEL', 'SCOPES', 'CREATED', 'REVOKED'];
  return { json: sorted, text: table(headings, rows) };
});

const revoke = action(async ({ target, args: [account = '', id = ''] }) => {
  const token = await revokeToken(target.locations, account, id);
  return { json: token, text: `The token ${id} is revoked; functions notice within seconds.` };
});

function kindOf({ kind, location }: AccessToken): string {
  const of = location === null ? 'company' : 'location';
  return kind === 'app' ? `app of a ${of}` : `private, of a ${of}`;
}

function scopesIn(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !SCOPES.some((scope) => scope === name));
  if (unknown === undefined) return names;
  throw new InvalidArgumentError(`"${unknown}" is not one of ${SCOPES.join(', ')}.`);
}
