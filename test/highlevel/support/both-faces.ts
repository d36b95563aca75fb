import type { HighLevel } from '@gohighlevel/api-client';
import { expect } from 'vitest';
import { objectIdFromUuid } from '#ledger/core/ids.ts';
import type { Answer, Face, TestLocation } from './locations.ts';
import { type Paylands, paylandsOf } from './paylands.ts';
import { violationsOf } from './published.ts';

/** A location on both faces. */
export interface BothFaces {
  location: TestLocation;
  paylands: Paylands;
  sdk: HighLevel;
  /** Records a payment by hand, in cash and of all that is due unless the fields say otherwise. */
  record(uuid: string, fields?: object, key?: string): Promise<Answer>;
  /** The status of an order, and the payment statuses under which it is found. */
  orderStatus(uuid: string): Promise<{ status: string; paymentStatus: string[] }>;
  payments(filter?: object): Promise<PaymentRow[]>;
}

export type PaymentRow = Awaited<
  ReturnType<HighLevel['payments']['listTransactions']>
>['data'][number];

export const idOf = (uuid: string): string => objectIdFromUuid(uuid) ?? '';

/** A new location with clients of both faces. */
export async function bothFaces(face: Face): Promise<BothFaces> {
  const location = await face.newLocation();
  const sdk = face.sdk(location.pit);
  const alt = { altId: location.id };
  return {
    location,
    sdk,
    paylands: await paylandsOf(face.url, location.tenant),
    record(uuid, fields = {}, key) {
      const body = { ...alt, altType: 'location', mode: 'cash', ...fields };
      const request = `POST /payments/orders/${idOf(uuid)}/record-payment`;
      return face.call(location.pit, request, { body, ...(key === undefined ? {} : { key }) });
    },
    async orderStatus(uuid) {
      const orderId = idOf(uuid);
      const { status } = await sdk.payments.getOrderById({ ...alt, orderId });
      const isFound = async (paymentStatus: string) => {
        const found = await sdk.payments.listOrders({ ...alt, paymentStatus });
        return found.data.some((one) => one._id === orderId);
      };
      const statuses = ['unpaid', 'partially_paid', 'paid', 'refunded'];
      const found = await Promise.all(statuses.map(isFound));
      return { status, paymentStatus: statuses.filter((_, index) => found[index]) };
    },
    async payments(filter = {}) {
      const list = await sdk.payments.listTransactions({ ...alt, altType: 'location', ...filter });
      expect(violationsOf('list-transactions', list)).toEqual([]);
      expect(list.totalCount).toBe(list.data.length);
      return list.data;
    },
  };
}
