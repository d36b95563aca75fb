import { Command, InvalidArgumentError } from 'commander';
import { findMerchant, tenantOf } from '#administration/find.ts';
import { revokeKey, rotateKey } from '#administration/keys.ts';
import { addKey, type KeyDraft } from '#administration/merchants.ts';
import { PROFILES } from '#faces/paylands/profiles.ts';
import type { ApiKey } from '#store/access/access-store.ts';
import { action } from './action.ts';
import { asksFirst } from './confirm.ts';
import { fields, type Report, table } from './report.ts';

/** `key create | list | rotate | revoke` */
export function keyCommand(): Command {
  const command = new Command('key').description('API keys, shown once and stored as digests');
  command
    .command('create <merchant>')
    .description('create an API key')
    .option('--profiles <profiles>', `comma-separated, of ${PROFILES.join(', ')}`, profiles, [
      'all',
    ])
    .option('--pci', 'may handle card numbers in one-step and MoTo payments', false)
    .option('--label <label>', 'what it is for', '')
    .action(create);
  command.command('list <merchant>').description('list API keys').action(list);
  const rotating = command
    .command('rotate <merchant> <key>')
    .description('replace an API key, named by its id, by a new one with the same rights')
    .option('--keep-old', 'leave the old one valid, to be revoked when nobody uses it', false)
    .action(rotate);
  asksFirst(rotating, ([merchant, id], { keepOld }) =>
    keepOld === true ? null : `Replace the key ${id} of ${merchant}, which then ends?`,
  );
  const revoking = command
    .command('revoke <merchant> <key>')
    .description('end the validity of an API key, named by its id')
    .action(revoke);
  asksFirst(revoking, ([merchant, id]) => `Revoke the key ${id} of ${merchant}?`);
  return command;
}

export const KEY_HEADINGS = ['KEY', 'LABEL', 'PROFILES', 'PCI', 'CREATED', 'REVOKED'];

/** The rows of a table of API keys. */
export function keyRows(keys: readonly ApiKey[]): string[][] {
  return keys
    .toSorted((one, other) => one.createdAt.localeCompare(other.createdAt))
    .map((key) => [
      key.id,
      key.label,
      key.profiles.join(','),
      key.pci ? 'yes' : 'no',
      key.createdAt,
      key.revokedAt ?? '-',
    ]);
}

const create = action<KeyDraft>(async ({ target, args: [text], options }) => {
  const merchant = await findMerchant(target, text);
  const { profiles, pci, label } = options;
  return createdReport(await addKey(target.access, tenantOf(merchant), { profiles, pci, label }));
});

const list = action(async ({ target, args: [text] }) => {
  const merchant = await findMerchant(target, text);
  const keys = (await target.access.keysOf(tenantOf(merchant))).map((one) => one.key);
  return { json: keys, text: table(KEY_HEADINGS, keyRows(keys)) };
});

const rotate = action<{ keepOld: boolean }>(async ({ target, args: [text, id = ''], options }) => {
  const merchant = await findMerchant(target, text);
  return createdReport(await rotateKey(target.access, merchant, id, options.keepOld));
});

const revoke = action(async ({ target, args: [text, id = ''] }) => {
  const key = await revokeKey(target.access, await findMerchant(target, text), id);
  return { json: key, text: `The key ${key.id} is revoked; functions notice within seconds.` };
});

function createdReport({ apiKey, key }: { apiKey: string; key: ApiKey }): Report {
  const shown = { key: key.id, 'API key': apiKey, profiles: key.profiles.join(',') };
  return {
    json: { ...key, apiKey },
    text: `${fields(shown)}\n\nKeep the API key: it is not shown again.`,
  };
}

function profiles(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !PROFILES.some((profile) => profile === name));
  if (unknown === undefined) return names;
  throw new InvalidArgumentError(`"${unknown}" is not one of ${PROFILES.join(', ')}.`);
}
