import { Command, Option } from 'commander';
import { addDevice, removeDevice, showDevices, switchDevice } from '#administration/devices.ts';
import { findMerchant, tenantOf } from '#administration/find.ts';
import type { Communication, Device } from '#ledger/devices/device.ts';
import { action } from './action.ts';
import { asksFirst } from './confirm.ts';
import { table } from './report.ts';

interface CreateOptions {
  service: string;
  terminalId?: string;
  communication: Communication;
}

/** `device create | list | activate | deactivate | delete` */
export function deviceCommand(): Command {
  const command = new Command('device').description('payment terminals of a merchant');
  command
    .command('create <merchant>')
    .description('create a payment terminal')
    .requiredOption('--service <uuid>', 'the service that its payments go to')
    .option('--terminal-id <id>', "the acquirer's name of it, such as PPESNA0001")
    .addOption(
      new Option('--communication <type>', 'how it is reached')
        .choices(['SIMULATION', 'SOCKET'])
        .default('SIMULATION'),
    )
    .action(create);
  command.command('list <merchant>').description('list payment terminals').action(list);
  command
    .command('deactivate <merchant> <device>')
    .description('have a terminal take no payments; what is under way is finished')
    .action(switchTo(false));
  command
    .command('activate <merchant> <device>')
    .description('have a terminal take payments again')
    .action(switchTo(true));
  const deleting = command
    .command('delete <merchant> <device>')
    .description('delete a terminal; its orders stay')
    .action(remove);
  asksFirst(deleting, ([merchant, device]) => `Delete the terminal ${device} of ${merchant}?`);
  return command;
}

const create = action<CreateOptions>(async ({ target, args: [text], options }) => {
  const { service, terminalId = null, communication } = options;
  const tenant = tenantOf(await findMerchant(target, text));
  const draft = { service: service.toUpperCase(), terminalId, communication };
  const device = await addDevice(target, tenant, draft);
  return { json: device, text: `The device ${device.id} was created.` };
});

const list = action(async ({ target, args: [text] }) => {
  const devices = await showDevices(target, tenantOf(await findMerchant(target, text)));
  return { json: devices, text: table(HEADINGS, devices.map(row)) };
});

function switchTo(active: boolean) {
  return action(async ({ target, args: [text, id = ''] }) => {
    const tenant = tenantOf(await findMerchant(target, text));
    const device = await switchDevice(target, tenant, id, active);
    return { json: device, text: `The device ${id} takes ${active ? '' : 'no '}payments.` };
  });
}

const remove = action(async ({ target, args: [text, id = ''] }) => {
  await removeDevice(target, tenantOf(await findMerchant(target, text)), id);
  return { json: { deleted: id }, text: `The device ${id} was deleted.` };
});

const HEADINGS = ['DEVICE', 'COMMUNICATION', 'SERVICE', 'TERMINAL', 'ACTIVE'];

function row(device: Device): string[] {
  const { id, communication, service, terminalId, active } = device;
  return [id, communication, service, terminalId ?? '', active ? 'yes' : 'no'];
}
