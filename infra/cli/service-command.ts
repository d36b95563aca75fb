import { Command, InvalidArgumentError, Option } from 'commander';
import { currencyOf } from '#administration/currency.ts';
import { findMerchant, tenantOf } from '#administration/find.ts';
import { acquirerOf, addService } from '#administration/merchants.ts';
import type { Service } from '#ledger/core/merchant.ts';
import { PHONE_METHODS } from '#ledger/payments/service-methods.ts';
import { action } from './action.ts';
import { table } from './report.ts';

interface CreateOptions {
  type: string;
  currency: string;
  acquirer?: Service['acquirer'];
  terminal?: string;
  partialCapture: boolean;
  payoutMethods?: string[];
  phoneMethods?: string[];
}

/** `service create | list` */
export function serviceCommand(): Command {
  const command = new Command('service').description('payment services of a merchant');
  command
    .command('create <merchant>')
    .description('create a payment service')
    .requiredOption('--type <type>', "the provider's type, such as REDSYS", type)
    .requiredOption('--currency <code>', 'ISO 4217 code, such as EUR')
    .addOption(
      new Option('--acquirer <acquirer>', 'who moves the money (default: by environment)').choices([
        'sandbox',
        'paylands',
      ]),
    )
    .option('--terminal <terminal>', "the provider's terminal")
    .option('--no-partial-capture', 'holds can only be captured in full')
    .option('--payout-methods <methods>', 'comma-separated, such as CARD,BIZUM', methods)
    .option('--phone-methods <methods>', `comma-separated, of ${PHONE_METHODS.join(', ')}`, phones)
    .action(create);
  command.command('list <merchant>').description('list payment services').action(list);
  return command;
}

export const SERVICE_HEADINGS = [
  'SERVICE',
  'TYPE',
  'CURRENCY',
  'ACQUIRER',
  'TERMINAL',
  'PARTIAL CAPTURE',
];

/** The rows of a table of services. */
export function serviceRows(services: readonly Service[]): string[][] {
  return services.map((service) => [
    service.uuid,
    service.type,
    service.currency.code,
    service.acquirer,
    service.terminal ?? '-',
    service.partialCapture ? 'yes' : 'no',
  ]);
}

const create = action<CreateOptions>(async ({ target, args: [text], options }) => {
  const merchant = await findMerchant(target, text);
  const service = await addService(target.access, tenantOf(merchant), {
    type: options.type,
    currency: currencyOf(options.currency),
    acquirer: acquirerOf(merchant.environment, options.acquirer),
    terminal: options.terminal ?? null,
    partialCapture: options.partialCapture,
    ...(options.payoutMethods === undefined ? {} : { payoutMethods: options.payoutMethods }),
    ...(options.phoneMethods === undefined ? {} : { phoneMethods: options.phoneMethods }),
  });
  return { json: service, text: table(SERVICE_HEADINGS, serviceRows([service])) };
});

const list = action(async ({ target, args: [text] }) => {
  const { services } = await findMerchant(target, text);
  return { json: services, text: table(SERVICE_HEADINGS, serviceRows(services)) };
});

function type(text: string): string {
  if (/^[a-z][a-z0-9_]{0,39}$/i.test(text)) return text.toUpperCase();
  throw new InvalidArgumentError('A type is letters, digits and underscores.');
}

function phones(text: string): string[] {
  const named = methods(text);
  const unknown = named.find((name) => !PHONE_METHODS.some((method) => method === name));
  if (unknown === undefined) return named;
  throw new InvalidArgumentError(`"${unknown}" is not one of ${PHONE_METHODS.join(', ')}.`);
}

function methods(text: string): string[] {
  if (/^[a-z_]+(,[a-z_]+)*$/i.test(text)) return text.toUpperCase().split(',');
  throw new InvalidArgumentError('Methods are names with commas between them.');
}
