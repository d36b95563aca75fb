import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import { findMerchant, tenantOf } from '#administration/find.ts';
import { addTemplate, logoOf, removeTemplate } from '#administration/templates.ts';
import { DEFAULT_TEMPLATE, type Template } from '#ledger/core/template.ts';
import { action } from './action.ts';
import { asksFirst } from './confirm.ts';
import { table } from './report.ts';

interface CreateOptions {
  name: string;
  accent: string;
  logo?: string;
  framedBy?: string[];
  mail?: string;
  sms?: string;
}

/** `template create | list | delete` */
export function templateCommand(): Command {
  const command = new Command('template').description(
    "looks of a merchant's hosted pages, and words of its messages",
  );
  command
    .command('create <merchant>')
    .description('create a template, which orders name in template_uuid')
    .requiredOption('--name <name>', 'what it is called')
    .option('--accent <colour>', 'the colour of buttons', DEFAULT_TEMPLATE.accent)
    .option('--logo <file>', 'a png, jpg, webp or svg image of at most 9 KB')
    .option('--mail <file>', 'a text file with the words of mails that bring a link')
    .option('--sms <text>', 'the words of text messages that bring a link: "Pay {amount}: {url}"')
    .option('--framed-by <origins...>', 'shops that may frame pages, such as https://shop.example')
    .action(create);
  command.command('list <merchant>').description('list templates').action(list);
  const deleting = command
    .command('delete <merchant> <template>')
    .description('delete a template: what names it is then as if it named none')
    .action(remove);
  asksFirst(deleting, ([merchant, uuid]) => `Delete the template ${uuid} of ${merchant}?`);
  return command;
}

const HEADINGS = ['TEMPLATE', 'NAME', 'ACCENT', 'LOGO', 'MESSAGES', 'FRAMED BY'];

function rows(templates: readonly Template[]): string[][] {
  return templates.map(({ uuid, name, accent, logo, messages, framedBy }) => [
    uuid,
    name,
    accent,
    logo === null ? '-' : 'yes',
    Object.keys(messages ?? {}).join(' ') || '-',
    framedBy?.join(' ') ?? '-',
  ]);
}

const create = action<CreateOptions>(async ({ target, args: [text], options }) => {
  const merchant = await findMerchant(target, text);
  const { name, accent, logo, framedBy, mail, sms } = options;
  const messages = {
    ...(mail === undefined ? {} : { mail: readFileSync(mail, 'utf8').trimEnd() }),
    ...(sms === undefined ? {} : { sms }),
  };
  const template = await addTemplate(target.templates, tenantOf(merchant), {
    name,
    accent,
    logo: logo === undefined ? null : logoOf(basename(logo), readFileSync(logo)),
    ...(framedBy === undefined ? {} : { framedBy }),
    ...(Object.keys(messages).length === 0 ? {} : { messages }),
  });
  return { json: template, text: table(HEADINGS, rows([template])) };
});

const list = action(async ({ target, args: [text] }) => {
  const merchant = await findMerchant(target, text);
  const templates = await target.templates.list(tenantOf(merchant));
  return { json: templates, text: table(HEADINGS, rows(templates)) };
});

const remove = action(async ({ target, args: [text, uuid = ''] }) => {
  const tenant = tenantOf(await findMerchant(target, text));
  const template = await removeTemplate(target.templates, tenant, uuid);
  return { json: template, text: `The template ${template.name} is deleted.` };
});
