import { deadlineIn } from '#ledger/core/deadline.ts';
import type { ObjectId, TransactionUuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { type DeviceWork, tapAtDevice, workAtDevice } from '#ledger/payments/device-taps.ts';
import type { Tap } from '#ledger/payments/payment-conditions.ts';
import { inBackground } from '#operation/execution/background.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';

const WORK_MS = 30_000;

/** What a terminal of a merchant works on, or null when it is free. */
export async function deviceWork(
  { access, store }: Pick<Runtime, 'access' | 'store'>,
  tenant: Tenant,
  device: ObjectId,
): Promise<DeviceWork | null> {
  const merchant = await access.findMerchant(tenant);
  return merchant === null ? null : workAtDevice({ store, merchant }, device);
}

/**
 * Acts at a simulated terminal as a person would. Whoever else decides at the same moment, the
 * terminal by itself or another tap, may be first: the result says whether this tap counted.
 * @throws LedgerError device_not_found, device_not_usable
 */
export async function tapDevice(
  runtime: Runtime,
  tenant: Tenant,
  input: { device: ObjectId; transaction: TransactionUuid; tap: Tap },
): Promise<boolean> {
  const merchant = await runtime.access.findMerchant(tenant);
  if (merchant === null) throw new Error(`There is no merchant ${tenant.merchant}`);
  const vault = await runtime.access.vault();
  const tapped = await inBackground(runtime, vault, merchant, deadlineIn(WORK_MS), (context) =>
    tapAtDevice(context, input),
  );
  if (tapped === null) return false;
  const { order } = await runtime.store.read(tenant, { order: tapped.uuid });
  const transaction = order?.transactions.find((one) => one.uuid === input.transaction);
  return transaction?.conditions.tap === input.tap && transaction.status !== 'pending';
}
