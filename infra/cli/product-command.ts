import { Command } from 'commander';
import { findMerchant, tenantOf } from '#administration/find.ts';
import { changeRetryDays, showProducts } from '#administration/products.ts';
import { DEFAULT_RETRY_DAYS, type Product } from '#ledger/plans/plan.ts';
import { action } from './action.ts';
import { table } from './report.ts';

/** `product list | retry` */
export function productCommand(): Command {
  const command = new Command('product').description('what a merchant sells by subscription');
  command.command('list <merchant>').description('list products').action(list);
  command
    .command('retry <merchant> <product> <days>')
    .description('say how many days after a failed charge the next attempt is made')
    .action(retry);
  return command;
}

const list = action(async ({ target, args: [text] }) => {
  const products = await showProducts(target, tenantOf(await findMerchant(target, text)));
  return { json: products, text: table(HEADINGS, products.map(row)) };
});

const retry = action(async ({ target, args: [text, name = '', days = ''] }) => {
  const tenant = tenantOf(await findMerchant(target, text));
  const product = await changeRetryDays(target, tenant, name, Number(days));
  const { externalId, retryDays = DEFAULT_RETRY_DAYS } = product;
  const later = retryDays === 1 ? 'one day' : `${retryDays} days`;
  return { json: product, text: `Failed charges of ${externalId} are tried again ${later} later.` };
});

const HEADINGS = ['PRODUCT', 'NAME', 'RETRY AFTER', 'NOTIFIES'];

function row({ externalId, name, notifyUrl, retryDays = DEFAULT_RETRY_DAYS }: Product): string[] {
  return [externalId, name, retryDays === 1 ? '1 day' : `${retryDays} days`, notifyUrl ?? ''];
}
