import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { findMerchant, findOrder, tenantOf } from '#administration/find.ts';
import { importOrder } from '#administration/import-order.ts';
import { importSubscriptions } from '#administration/import-subscriptions.ts';
import { inLedger } from '#administration/in-ledger.ts';
import { createAccount } from '#administration/locations.ts';
import { uuidFromObjectId } from '#ledger/core/ids.ts';
import { addNote } from '#ledger/purchases/purchase-commands.ts';
import type { Account } from '#store/access/location-store.ts';
import { action } from './action.ts';
import { tokenCommand } from './highlevel-token-command.ts';
import { fields, table } from './report.ts';

/** `highlevel location | company | list | token | import-order | import-subscription | note` */
export function highLevelCommand(): Command {
  const command = new Command('highlevel').description('the HighLevel face');
  command.addCommand(accountCommand('location'));
  command.addCommand(accountCommand('company'));
  command
    .command('list')
    .description('list locations and companies')
    .action(
      action(async ({ target }) => accountsReport(byCompany(await target.locations.accounts()))),
    );
  command.addCommand(tokenCommand());
  command
    .command('import-order <file>')
    .description('create the order of an OrderCreate event, with its HighLevel id')
    .action(addOrder);
  command
    .command('import-subscription <file>')
    .description('keep subscriptions as GET /payments/subscriptions/{id} answers them')
    .action(addSubscriptions);
  const note = new Command('note').description('notes of orders, which no operation creates');
  note
    .command('add <order> <text>')
    .description('add a note to an order, by HighLevel id, uuid, reference or token')
    .option('--by <user>', 'who says so')
    .action(addOrderNote);
  return command.addCommand(note);
}

interface AccountOptions {
  id?: string;
  name?: string;
  company?: string;
}

function accountCommand(type: Account['type']): Command {
  const several = { location: 'locations', company: 'companies' }[type];
  const command = new Command(type).description(`${several}, each bound to a merchant`);
  const create = command
    .command('create <merchant>')
    .description(`bind a ${type} to a merchant, by uuid or name`)
    .option('--id <id>', 'its id at HighLevel, 20 letters and digits; by default a new one')
    .option('--name <name>', "by default the merchant's name");
  if (type === 'location') create.option('--company <id>', 'the company that it belongs to');
  create.action(
    action<AccountOptions>(async ({ target, args: [text], options }) => {
      const merchant = await findMerchant(target, text);
      const account = await createAccount(target.locations, {
        ...tenantOf(merchant),
        type,
        name: options.name ?? merchant.name,
        company: options.company ?? null,
        ...(options.id === undefined ? {} : { id: options.id }),
      });
      const { id, environment, name } = account;
      const shown = { [type]: id, merchant: `${merchant.merchant} (${name}, ${environment})` };
      return { json: account, text: fields(shown) };
    }),
  );
  return command;
}

/** Each company with its locations below it, then the locations of none. */
function byCompany(accounts: readonly Account[]): Account[] {
  const place = ({ company, type, name }: Account) =>
    [company === null ? '1' : `0 ${company}`, type, name].join(' ');
  return accounts.toSorted((one, other) => (place(one) < place(other) ? -1 : 1));
}

function accountsReport(accounts: readonly Account[]) {
  const rows = accounts.map(({ id, type, name, environment, merchant, company }) => [
    ...[id, type, name, environment, merchant, company ?? '-'],
  ]);
  const headings = ['ID', 'TYPE', 'NAME', 'ENVIRONMENT', 'MERCHANT', 'COMPANY'];
  return { json: accounts, text: table(headings, rows) };
}

const addOrder = action(async ({ target, args: [file] }) => {
  const { order, isNew } = await importOrder(target, jsonIn(file));
  const text = `The order ${order.uuid} ${isNew ? 'is created' : 'was here already'}.`;
  return { json: { isNew, order }, text };
});

const addSubscriptions = action(async ({ target, args: [file] }) => {
  const kept = await importSubscriptions(target, jsonIn(file));
  const rows = kept.map((one) => [one.id, one.location ?? '-', one.status, one.createdAt]);
  return { json: kept, text: table(['SUBSCRIPTION', 'LOCATION', 'STATUS', 'CREATED'], rows) };
});

const addOrderNote = action<{ by?: string }>(
  async ({ target, args: [name = '', text = ''], options }) => {
    if (text.trim() === '') throw new InvalidArgumentError('A note needs a text.');
    const isObjectId = /^[0-9a-f]{24}$/.test(name);
    const found = await findOrder(target, isObjectId ? uuidFromObjectId(name) : name);
    const note = { order: found.order.uuid, text, createdBy: options.by ?? null };
    const order = await inLedger(target, tenantOf(found.merchant), (context) =>
      addNote(context, note),
    );
    const json = { order: order.uuid, note: order.notes.at(-1) };
    return { json, text: `The order ${order.uuid} has ${order.notes.length} notes.` };
  },
);

/** @throws when the file cannot be read or is not JSON */
function jsonIn(file = ''): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new Error(`The file ${file} ${reason}`);
  }
}
