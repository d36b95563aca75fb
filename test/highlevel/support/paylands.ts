import { addKey } from '#administration/merchants.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { runtime } from '#operation/runtime/runtime.ts';

/** The Paylands face of a merchant, for tests that use both. */
export interface Paylands {
  createOrder(fields?: Record<string, unknown>): Promise<PaylandsOrder>;
  saveCard(): Promise<string>;
  /** Creates an order and charges it. */
  charge(order: string, card: string): Promise<PaylandsOrder>;
  post(path: string, body: object): Promise<{ status: number; body: PaylandsAnswer }>;
  send(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: PaylandsAnswer }>;
  order(uuid: string): Promise<PaylandsOrder>;
}

export interface PaylandsAnswer {
  details?: string;
  order: PaylandsOrder;
  Source: { uuid: string };
}

export interface PaylandsOrder {
  uuid: string;
  service_uuid: string;
  status: string;
  paid: boolean;
  amount: number;
  captured: number;
  refunded: number;
  transactions: {
    uuid: string;
    operative: string;
    status: string;
    amount: number;
    source: unknown;
  }[];
}

const CUSTOMER = 'user42';

/** A client with a key of its own. */
export async function paylandsOf(url: string, tenant: Tenant): Promise<Paylands> {
  const { access } = runtime();
  const draft = { profiles: ['all'], pci: true, label: 'test' };
  const { apiKey } = await addKey(access, tenant, draft);
  const signature = (await access.findMerchant(tenant))?.signature;
  const send = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${url}/v1/sandbox${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify({ signature, ...body }) }),
    });
    return { status: response.status, body: (await response.json()) as PaylandsAnswer };
  };
  return {
    send,
    post: (path, body) => send('POST', path, body),
    async createOrder(fields = {}) {
      const { status, body } = await send('POST', '/payment', {
        amount: 1000,
        operative: 'AUTHORIZATION',
        description: 'Coffee beans',
        customer_ext_id: CUSTOMER,
        ...fields,
      });
      if (status !== 200) throw new Error(`Not created: ${body.details}`);
      return body.order;
    },
    async saveCard() {
      const { body } = await send('POST', '/payment-method/card', {
        customer_ext_id: CUSTOMER,
        card_holder: 'Jane Doe',
        card_pan: '4548812049400004',
        card_expiry_month: '12',
        card_expiry_year: '34',
        card_cvv: '123',
      });
      return body.Source.uuid;
    },
    async charge(order_uuid, card_uuid) {
      return (await send('POST', '/payment/direct', { order_uuid, card_uuid })).body.order;
    },
    async order(uuid) {
      return (await send('GET', `/order/${uuid}`)).body.order;
    },
  };
}
