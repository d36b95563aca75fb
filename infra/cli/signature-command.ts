import { Command } from 'commander';
import { findMerchant, tenantOf } from '#administration/find.ts';
import { rotateSignature } from '#administration/merchants.ts';
import { action } from './action.ts';
import { asksFirst } from './confirm.ts';
import { fields } from './report.ts';

/** `signature rotate` */
export function signatureCommand(): Command {
  const command = new Command('signature').description("merchants' signatures");
  const rotating = command
    .command('rotate <merchant>')
    .description('replace the signature; the old one is refused within seconds')
    .action(rotate);
  asksFirst(
    rotating,
    ([merchant]) => `Replace the signature of ${merchant}, which is then refused?`,
  );
  return command;
}

const rotate = action(async ({ target, args: [text] }) => {
  const merchant = await findMerchant(target, text);
  const signature = await rotateSignature(target.access, tenantOf(merchant));
  const shown = { merchant: merchant.merchant, signature };
  return {
    json: shown,
    text: `${fields(shown)}\n\nKeep the signature: it is not shown again.`,
  };
});
