import type { ObjectId, Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Device } from './device.ts';

/** The transaction that has a terminal. */
export interface DeviceTask {
  order: Uuid;
  transaction: Uuid;
}

/** Names a transaction whose result a terminal will have. */
export interface DevicePaymentRef extends Tenant {
  order: Uuid;
  transaction: Uuid;
}

declare module '#ledger/core/store.ts' {
  interface Changes {
    /** Written if there is none yet. */
    device: { device: Device };
    /** Written if its version is still one less than this one's; who has it goes on having it. */
    device_changed: { device: Device };
    /** Refused while a transaction is under way at it. */
    device_deleted: { device: ObjectId };
    /** Refused while another transaction is under way at the terminal. */
    device_taken: { device: ObjectId; order: Uuid; transaction: Uuid };
    /** Refused when the transaction does not have it. */
    device_freed: { device: ObjectId; transaction: Uuid };
  }

  interface Entities {
    device: { key: ObjectId; value: Device };
  }

  interface LedgerStore {
    /** All terminals, oldest first. */
    devices(tenant: Tenant): Promise<Device[]>;
    /** What a terminal works on, or null while it is free. */
    taskOfDevice(tenant: Tenant, device: ObjectId): Promise<DeviceTask | null>;
  }
}

declare module '#ledger/core/unit-of-work.ts' {
  interface Announcements {
    'device-payments': DevicePaymentRef;
  }
}
