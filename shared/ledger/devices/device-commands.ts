import { isoNow, type LedgerContext, type ReadContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { ObjectId } from '#ledger/core/ids.ts';
import { findService } from '#ledger/core/services.ts';
import { type Device, type DeviceFilter, matches } from './device.ts';

export type DeviceDraft = Pick<Device, 'id' | 'service' | 'terminalId' | 'communication'>;

/** Adds a terminal to a merchant; one that is there already stays as it is. */
export async function createDevice(context: LedgerContext, draft: DeviceDraft): Promise<Device> {
  const { device: known } = await context.store.read(context.merchant, { device: draft.id });
  if (known !== null) return known;
  const service = findService(context.merchant, draft.service);
  const at = isoNow(context);
  const state = { active: true, configured: true, createdAt: at, updatedAt: at };
  const device = { ...draft, service: service.uuid, ...state, version: 1 };
  context.work.stage({ change: 'device', device });
  return device;
}

/** @throws LedgerError device_not_found */
export async function getDevice({ store, merchant }: ReadContext, id: ObjectId): Promise<Device> {
  const { device } = await store.read(merchant, { device: id });
  if (device === null) throw new LedgerError('device_not_found', id);
  return device;
}

/**
 * Activates or deactivates a terminal; a transaction that is under way at it is finished.
 * @throws LedgerError device_not_found
 */
export async function activateDevice(
  context: LedgerContext,
  id: ObjectId,
  active: boolean,
): Promise<Device> {
  const device = await getDevice(context, id);
  if (device.active === active) return device;
  const updatedAt = isoNow(context);
  const changed = { ...device, active, updatedAt, version: device.version + 1 };
  context.work.stage({ change: 'device_changed', device: changed });
  return changed;
}

/**
 * Deletes a terminal; its orders stay.
 * @throws LedgerError device_not_found, device_busy
 */
export async function deleteDevice(context: LedgerContext, id: ObjectId): Promise<void> {
  const device = await getDevice(context, id);
  context.work.stage({ change: 'device_deleted', device });
}

/** The terminals of a merchant that match a filter, oldest first. */
export async function listDevices(
  { store, merchant }: ReadContext,
  filter: DeviceFilter = {},
): Promise<Device[]> {
  return (await store.devices(merchant)).filter((device) => matches(device, filter));
}
