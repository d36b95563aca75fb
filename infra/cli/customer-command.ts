import { Command } from 'commander';
import { exportCustomer, forgetCustomer } from '#administration/customers.ts';
import { findMerchant, tenantOf } from '#administration/find.ts';
import { action } from './action.ts';
import { asksFirst } from './confirm.ts';

/** `customer export | forget` */
export function customerCommand(): Command {
  const command = new Command('customer').description('what is kept of a person');
  command
    .command('export <merchant> <customer>')
    .description("print all that is kept of a customer, by the merchant's own id, as JSON")
    .action(exportAll);
  const forgetting = command
    .command('forget <merchant> <customer>')
    .description('delete what is kept of a customer; amounts and references stay')
    .action(forget);
  asksFirst(
    forgetting,
    ([merchant, customer]) => `Forget the customer ${customer} of ${merchant} for ever?`,
  );
  return command;
}

const exportAll = action(async ({ target, args: [text, customer = ''] }) => {
  const tenant = tenantOf(await findMerchant(target, text));
  const json = await exportCustomer(target, tenant, customer);
  return { json, text: JSON.stringify(json, null, 2) };
});

const forget = action(async ({ target, args: [text, customer = ''] }) => {
  const tenant = tenantOf(await findMerchant(target, text));
  const forgotten = await forgetCustomer(target, tenant, customer);
  const { orders, cards, pseudonym } = forgotten;
  const what = `${orders} orders are without a person now, as ${pseudonym}; ${cards} cards are deleted`;
  return { json: forgotten, text: `The customer is forgotten: ${what}.` };
});
