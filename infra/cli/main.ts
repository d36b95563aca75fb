import { Command } from 'commander';
import { upgradeLedger } from '#store/orders/upgrade.ts';
import { action, sentence } from './action.ts';
import { batchCommand } from './batch-command.ts';
import { clockCommand } from './clock-command.ts';
import { customerCommand } from './customer-command.ts';
import { deviceCommand } from './device-command.ts';
import { highLevelCommand } from './highlevel-command.ts';
import { keyCommand } from './key-command.ts';
import { merchantCommand } from './merchant-command.ts';
import { notificationCommand } from './notification-command.ts';
import { orderCommand } from './order-command.ts';
import { productCommand } from './product-command.ts';
import { securityCommand } from './security-command.ts';
import { serviceCommand } from './service-command.ts';
import { signatureCommand } from './signature-command.ts';
import { templateCommand } from './template-command.ts';

const init = action(async ({ target }) => {
  await target.access.createVault();
  await target.access.vault();
  return { json: { ready: true }, text: 'The key of this deployment is ready.' };
});

const upgrade = action(async ({ target }) => {
  const items = await upgradeLedger(target.client, target.ledgerTable);
  return { json: { items }, text: `${items} items of an earlier version were brought up to date.` };
});

function program(): Command {
  const root = new Command('npm run admin --')
    .description('Administers the local data, or with --stage a deployment on AWS.')
    .option('--stage <stage>', 'a deployed stage, with the AWS credentials and region of the shell')
    .option('--data-dir <folder>', 'the local data', process.env.DATA_DIR || '.data')
    .option('--json', 'print JSON');
  root
    .command('init')
    .description('make the key that protects signatures, once per deployment')
    .action(init);
  root
    .command('upgrade')
    .description('bring what an earlier version has written up to date, so that lists show it')
    .action(upgrade);
  const groups = [
    batchCommand(),
    merchantCommand(),
    keyCommand(),
    securityCommand(),
    serviceCommand(),
    signatureCommand(),
    templateCommand(),
    clockCommand(),
    customerCommand(),
    deviceCommand(),
    orderCommand(),
    productCommand(),
    notificationCommand(),
    highLevelCommand(),
  ];
  for (const group of groups) root.addCommand(group);
  return root;
}

// What is written is for its owner only.
process.umask(0o077);

try {
  await program().parseAsync();
} catch (error) {
  console.error(sentence(error));
  process.exitCode = 1;
}
