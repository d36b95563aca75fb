import { LedgerError } from '#ledger/core/errors.ts';
import { mintObjectId, type ObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Device } from '#ledger/devices/device.ts';
import {
  activateDevice,
  createDevice,
  type DeviceDraft,
  deleteDevice,
  listDevices,
} from '#ledger/devices/device-commands.ts';
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

/**
 * Has a terminal take payments, or no more.
 * @throws when there is no such one
 */
export function switchDevice(
  target: LedgerTarget,
  tenant: Tenant,
  id: ObjectId,
  active: boolean,
): Promise<Device> {
  return known(id, () =>
    inLedger(target, tenant, (context) => activateDevice(context, id, active)),
  );
}

/**
 * Deletes a terminal.
 * @throws when there is no such one, or something is under way at it
 */
export function removeDevice(target: LedgerTarget, tenant: Tenant, id: ObjectId): Promise<void> {
  return known(id, () => inLedger(target, tenant, (context) => deleteDevice(context, id)));
}

/** Says in plain words what the ledger refuses. */
async function known<T>(id: ObjectId, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    if (error.code === 'device_not_found') throw new Error(`There is no device ${id}`);
    if (error.code === 'device_busy') throw new Error('A payment is under way at the device');
    throw error;
  }
}

/** The payment terminals of a merchant, oldest first. */
export function showDevices(target: LedgerTarget, tenant: Tenant): Promise<Device[]> {
  return inLedger(target, tenant, (context) => listDevices(context));
}
