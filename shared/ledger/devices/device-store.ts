import type { ObjectId, OrderUuid, TransactionUuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Device } from './device.ts';

/** The transaction that a terminal is busy with. */
export interface DeviceTask {
  order: OrderUuid;
  transaction: TransactionUuid;
}

/** Names a transaction whose result is to come from a terminal. */
export interface DevicePaymentRef extends Tenant {
  order: OrderUuid;
  transaction: TransactionUuid;
}

declare module '#ledger/core/store.ts' {
  interface Changes {
    /** Written if there is none yet. */
    device: { device: Device };
    /**
     * Written only while the stored version is one less than this one's; the transaction that is
     * under way at it keeps it.
     */
    device_changed: { device: Device };
    /** Refused while a transaction is under way at it, and when it was changed meanwhile. */
    device_deleted: { device: Device };
    /** Refused while another transaction is under way at the terminal. */
    device_taken: { device: ObjectId; order: OrderUuid; transaction: TransactionUuid };
    /** Refused when the terminal is not busy with the transaction. */
    device_freed: { device: ObjectId; transaction: TransactionUuid };
  }

  interface Entities {
    device: { key: ObjectId; value: Device };
  }

  interface LedgerReads {
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
