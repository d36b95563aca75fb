import { Command } from 'commander';
import { action, sentence } from './action.ts';

/** The groups of commands, each loaded when it is named. */
const GROUPS: Readonly<Record<string, () => Promise<Command>>> = {
  batch: async () => (await import('./batch-command.ts')).batchCommand(),
  merchant: async () => (await import('./merchant-command.ts')).merchantCommand(),
  key: async () => (await import('./key-command.ts')).keyCommand(),
  product: async () => (await import('./product-command.ts')).productCommand(),
  security: async () => (await import('./security-command.ts')).securityCommand(),
  service: async () => (await import('./service-command.ts')).serviceCommand(),
  signature: async () => (await import('./signature-command.ts')).signatureCommand(),
  template: async () => (await import('./template-command.ts')).templateCommand(),
  clock: async () => (await import('./clock-command.ts')).clockCommand(),
  customer: async () => (await import('./customer-command.ts')).customerCommand(),
  device: async () => (await import('./device-command.ts')).deviceCommand(),
  order: async () => (await import('./order-command.ts')).orderCommand(),
  notification: async () => (await import('./notification-command.ts')).notificationCommand(),
  highlevel: async () => (await import('./highlevel-command.ts')).highLevelCommand(),
};

const init = action(async ({ target }) => {
  await target.access.createVault();
  await target.access.vault();
  return { json: { ready: true }, text: 'The key of this deployment is ready.' };
});

const upgrade = action(async ({ target }) => {
  const { upgradeLedger } = await import('#store/orders/upgrade.ts');
  const items = await upgradeLedger(target.client, target.ledgerTable);
  return { json: { items }, text: `${items} items of an earlier version were brought up to date.` };
});

/** The commands; of the groups only those that are named, or all where the user asks what there is. */
async function program(args: readonly string[]): Promise<Command> {
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
  for (const load of groupsIn(args)) root.addCommand(await load());
  return root;
}

function groupsIn(args: readonly string[]): (() => Promise<Command>)[] {
  const named = Object.entries(GROUPS).filter(([name]) => args.includes(name));
  const isSimple = args.includes('init') || args.includes('upgrade');
  return named.length > 0 || isSimple ? named.map(([, load]) => load) : Object.values(GROUPS);
}

/** Runs the command that the arguments name, and says what goes wrong in a sentence. */
export async function run(args: readonly string[]): Promise<void> {
  // What is written is for its owner only.
  process.umask(0o077);
  try {
    await (await program(args)).parseAsync(args, { from: 'user' });
  } catch (error) {
    console.error(sentence(error));
    process.exitCode = 1;
  }
}
