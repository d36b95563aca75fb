import { mintObjectId, type ObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Device } from '#ledger/devices/device.ts';
import { createDevice, type DeviceDraft, listDevices } from '#ledger/devices/device-commands.ts';
import { inLedger, type LedgerTarget } from './in-ledger.ts';

/**
 * Adds a payment terminal to a merchant; one with its id that is there already stays as it is.
 * @throws when a live merchant is to have a simulated one, or has no such service
 */
export function addDevice(
  target: LedgerTarget,
  tenant: Tenant,
  draft: Omit<DeviceDraft, 'id'> & { id?: ObjectId },
): Promise<Device> {
  if (tenant.environment === 'live' && draft.communication === 'SIMULATION') {
    throw new Error('A live merchant cannot have a simulated terminal');
  }
  const id = draft.id ?? mintObjectId(Date.now());
  return inLedger(target, tenant, (context) => createDevice(context, { ...draft, id }));
}

/** The payment terminals of a merchant, oldest first. */
export function showDevices(target: LedgerTarget, tenant: Tenant): Promise<Device[]> {
  return inLedger(target, tenant, (context) => listDevices(context));
}
