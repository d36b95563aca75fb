import { Command, InvalidArgumentError, Option } from 'commander';
import { countLists } from '#administration/count-lists.ts';
import { findMerchant, tenantOf } from '#administration/find.ts';
import { registerMerchant, setFaults } from '#administration/merchants.ts';
import { FAULT_FORMS, faultsText, parseFaults } from '#ledger/core/faults.ts';
import type { Environment } from '#ledger/core/merchant.ts';
import type { StoredMerchant } from '#store/access/access-store.ts';
import { action } from './action.ts';
import { clockText } from './clock-command.ts';
import { KEY_HEADINGS, keyRows } from './key-command.ts';
import { fields, type Report, table } from './report.ts';
import { SERVICE_HEADINGS, serviceRows } from './service-command.ts';

/** `merchant create | list | show | faults | count` */
export function merchantCommand(): Command {
  const command = new Command('merchant').description('merchants, each in one environment');
  command
    .command('create <name>')
    .description('create a merchant; its signature is shown once')
    .addOption(
      new Option('--environment <environment>', 'where it lives')
        .choices(['sandbox', 'live'])
        .default('sandbox'),
    )
    .option('--time-zone <zone>', 'IANA name of its time zone', 'Europe/Madrid')
    .option('--country <code>', 'of telephone numbers without a prefix', country, 'ES')
    .action(create);
  command.command('list').description('list all merchants').action(list);
  command
    .command('show <merchant>')
    .description('show a merchant, by uuid or name, with its services and keys')
    .action(show);
  command
    .command('faults <merchant> [faults]')
    .description(`what goes wrong with a sandbox merchant: ${FAULT_FORMS}; or none`)
    .action(faults);
  command
    .command('count <merchant>')
    .description('count the lists of a merchant, so that the first reader of long ones need not')
    .action(count);
  return command;
}

const create = action<{ environment: Environment; timeZone: string; country: string }>(
  async (invocation) => {
    const { target, args, options } = invocation;
    const [name = ''] = args;
    const { environment, timeZone, country } = options;
    const draft = { name, environment, timeZone, country };
    const { merchant, signature } = await registerMerchant(target.access, draft);
    const json = { ...summary(merchant), signature };
    const text = `${fields({ merchant: merchant.merchant, name, environment, signature })}

Keep the signature: it is not shown again.`;
    return { json, text };
  },
);

const list = action(async ({ target }) => {
  const merchants = await target.access.merchants();
  const rows = merchants.map((one) => [
    one.merchant,
    one.environment,
    one.name,
    String(one.services.length),
    one.createdAt,
  ]);
  return {
    json: merchants.map(summary),
    text: table(['MERCHANT', 'ENVIRONMENT', 'NAME', 'SERVICES', 'CREATED'], rows),
  };
});

const show = action(async ({ target, args: [text] }) => {
  const merchant = await findMerchant(target, text);
  const keys = (await target.access.keysOf(tenantOf(merchant))).map((one) => one.key);
  const head = fields({
    merchant: merchant.merchant,
    name: merchant.name,
    environment: merchant.environment,
    'time zone': merchant.timeZone,
    country: merchant.country ?? 'ES',
    clock: clockText(merchant),
    ...(merchant.faults === undefined ? {} : { faults: faultsText(merchant.faults) || 'none' }),
    created: merchant.createdAt,
  });
  const services = table(SERVICE_HEADINGS, serviceRows(merchant.services));
  const keyTable = table(KEY_HEADINGS, keyRows(keys));
  return {
    json: { ...summary(merchant), services: merchant.services, keys },
    text: `${head}\n\nServices\n${services}\n\nAPI keys\n${keyTable}`,
  };
});

const faults = action(async ({ target, args: [name, text] }) => {
  const found = await findMerchant(target, name);
  if (text === undefined) return faultsReport(found);
  const wanted = text.trim() === 'none' ? {} : parseFaults(text);
  if (wanted === null) throw new Error(`"${text}" is not any of ${FAULT_FORMS}; or none`);
  return faultsReport(await setFaults(target.access, tenantOf(found), wanted));
});

const count = action(async ({ target, args: [name] }) => {
  const counted = await countLists(target.ledger, tenantOf(await findMerchant(target, name)));
  const text = Object.entries(counted).map(([list, number]) => [list, String(number)]);
  return { json: counted, text: fields(Object.fromEntries(text)) };
});

function faultsReport({ merchant, name, faults = {} }: StoredMerchant): Report {
  const text = faultsText(faults) || 'none';
  return { json: { merchant, faults: text }, text: `${name}: ${text}` };
}

function summary(merchant: StoredMerchant): object {
  const {
    encryptedSignature: _signature,
    services: _services,
    version: _version,
    ...rest
  } = merchant;
  return rest;
}

function country(text: string): string {
  if (/^[a-z]{2}$/i.test(text)) return text.toUpperCase();
  throw new InvalidArgumentError('A country is two letters, such as ES.');
}
