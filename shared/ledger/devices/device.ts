import { LedgerError } from '#ledger/core/errors.ts';
import type { ObjectId, ServiceUuid } from '#ledger/core/ids.ts';

/** How a terminal is reached: `SIMULATION` is one of the sandbox that decides by itself. */
export type Communication = 'SOCKET' | 'SIMULATION';

/** A payment terminal of a merchant (contract C.12, `device`). Times are ISO 8601 UTC. */
export interface Device {
  id: ObjectId;
  version: number;
  service: ServiceUuid;
  /** The acquirer's name of the terminal. */
  terminalId: string | null;
  communication: Communication;
  active: boolean;
  configured: boolean;
  createdAt: string;
  updatedAt: string;
}

/** What a terminal read of a card (contract C.1.2, `pos`). */
export interface PresentedCard {
  brand: string;
  /** As `554001******0000`. */
  maskedPan: string;
  verification: string;
  entryMode: string;
}

/** The criteria of a search for devices; absent ones do not narrow it. */
export interface DeviceFilter {
  id?: ObjectId | undefined;
  service?: ServiceUuid | undefined;
  terminalId?: string | undefined;
  communication?: Communication | undefined;
  active?: boolean | undefined;
  configured?: boolean | undefined;
  /** Milliseconds since 1970, both ends included. */
  createdFromMs?: number | undefined;
  createdToMs?: number | undefined;
  updatedFromMs?: number | undefined;
  updatedToMs?: number | undefined;
}

export function matches(device: Device, filter: DeviceFilter): boolean {
  const same = (wanted: unknown, value: unknown) => wanted === undefined || wanted === value;
  return (
    same(filter.id, device.id) &&
    same(filter.service, device.service) &&
    same(filter.terminalId, device.terminalId) &&
    same(filter.communication, device.communication) &&
    same(filter.active, device.active) &&
    same(filter.configured, device.configured) &&
    isWithin(device.createdAt, filter.createdFromMs, filter.createdToMs) &&
    isWithin(device.updatedAt, filter.updatedFromMs, filter.updatedToMs)
  );
}

/** Filters name minutes, so the whole last minute is included. */
function isWithin(at: string, fromMs = 0, toMs = Number.POSITIVE_INFINITY): boolean {
  const minute = Math.floor(Date.parse(at) / 60_000) * 60_000;
  return fromMs <= minute && minute <= toMs;
}

/**
 * Requires a terminal that exists and is active.
 * @throws LedgerError device_not_found, device_not_usable
 */
export function requireUsable(device: Device | null, id: ObjectId): Device {
  if (device === null) throw new LedgerError('device_not_found', id);
  if (!device.active) throw new LedgerError('device_not_usable', id, 'it is not active');
  if (!device.configured) throw new LedgerError('device_not_usable', id, 'it is not configured');
  if (device.communication === 'SOCKET') {
    throw new LedgerError('device_not_usable', id, 'it is not connected');
  }
  return device;
}
