import type { Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { CustomerFile, CustomerPart } from './customer-file.ts';

declare module '#ledger/core/store.ts' {
  interface Changes {
    /** Written if its version is still one less than this one's. */
    customer_file: { file: CustomerFile };
    customer_file_deleted: { file: CustomerFile };
    /** Written with the file that the part is in, whose version guards it too. */
    customer_part: { part: CustomerPart };
    customer_part_deleted: { uuid: Uuid };
  }

  interface Entities {
    /** By the merchant's id of the customer. */
    customerFile: { key: string; value: CustomerFile };
    customerPart: { key: Uuid; value: CustomerPart };
  }

  interface LedgerReads {
    /** The files of customers, in one round trip; who has none is left out. */
    customerFiles(tenant: Tenant, customers: readonly string[]): Promise<CustomerFile[]>;
  }
}
