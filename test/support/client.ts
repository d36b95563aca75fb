import { httpCall, type RawAnswer } from './http-call.ts';

/** What a merchant's program knows. */
export interface Credentials {
  baseUrl: string;
  apiKey: string;
  signature: string;
  /** Uuids of services by their type, in lower case. */
  services: Record<string, string>;
  /** Payment terminals that the demo has. */
  devices?: Record<string, string>;
}

export interface Answer extends RawAnswer {
  body: AnswerBody;
}

export interface RequestOptions {
  headers?: Record<string, string>;
  /** Sends `Idempotency-Key`. */
  key?: string;
}

/** A merchant's program: calls the Paylands face with its API key and signature. */
export class Client {
  readonly credentials: Credentials;

  constructor(credentials: Credentials) {
    this.credentials = credentials;
  }

  get(path: string, options: RequestOptions = {}): Promise<Answer> {
    return this.send('GET', path, undefined, options);
  }

  /** The body gets the merchant's signature, unless it has one. */
  post(path: string, body: object, options: RequestOptions = {}): Promise<Answer> {
    return this.send('POST', path, body, options);
  }

  async send(
    method: string,
    path: string,
    body: object | undefined,
    { headers = {}, key }: RequestOptions = {},
  ): Promise<Answer> {
    const { baseUrl, apiKey, signature } = this.credentials;
    const answer = await httpCall(baseUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify({ signature, ...body }),
    });
    return { ...answer, body: JSON.parse(answer.text) };
  }

  async createOrder(fields: object = {}): Promise<OrderBody> {
    const answer = await this.post('/payment', {
      amount: 1000,
      operative: 'AUTHORIZATION',
      description: 'Test',
      customer_ext_id: 'customer',
      service: this.credentials.services.redsys,
      ...fields,
    });
    return expected(answer).order;
  }

  async saveCard(fields: object = {}): Promise<CardBody> {
    const answer = await this.post('/payment-method/card', {
      customer_ext_id: 'customer',
      card_holder: 'Jane Doe',
      card_pan: APPROVED_PAN,
      card_expiry_month: '12',
      card_expiry_year: '34',
      ...fields,
    });
    return expected(answer).Source;
  }

  charge(order: string, card: string, options: RequestOptions = {}): Promise<Answer> {
    return this.post('/payment/direct', { order_uuid: order, card_uuid: card }, options);
  }

  refund(order: string, amount?: number, options: RequestOptions = {}): Promise<Answer> {
    return this.post('/payment/refund', { order_uuid: order, amount }, options);
  }

  /** An order that was charged with a card of its customer. */
  async paidOrder(fields: object = {}): Promise<OrderBody> {
    const order = await this.createOrder(fields);
    const card = await this.saveCard({ customer_ext_id: order.customer });
    return expected(await this.charge(order.uuid, card.uuid)).order;
  }

  async order(uuid: string): Promise<OrderBody> {
    return expected(await this.get(`/order/${uuid}`)).order;
  }

  /** All rows of `GET /orders`. */
  async rows(): Promise<RowBody[]> {
    return expected(await this.get('/orders')).transactions;
  }
}

/** Approved by the sandbox's Redsys service with any CVV. */
export const APPROVED_PAN = '4548812049400004';

/** The body of a success. */
export function expected({ status, body, text }: Answer): AnswerBody {
  if (status !== 200) throw new Error(`Expected a success, not ${status}: ${text}`);
  return body;
}

/** The fields of all answers that tests look at; each operation has some of them. */
export interface AnswerBody {
  code: number;
  details: string;
  order: OrderBody;
  Source: CardBody;
  Customer: { external_id: string; token: string };
  cards: CardBody[];
  count: number;
  transactions: RowBody[];
  validation_hash: string;
}

export interface OrderBody {
  urls?: { payment_card: string };
  uuid: string;
  status: string;
  amount: number;
  paid: boolean;
  refunded: number;
  captured: number;
  customer: string;
  token: string | null;
  transactions: TransactionBody[];
}

export interface TransactionBody {
  uuid: string;
  operative: string;
  status: string;
  amount: number;
}

export interface CardBody {
  uuid: string;
  token: string;
  last4: string;
}

export interface RowBody {
  transactionUUID: string;
  orderUUID: string;
  type: string;
  status: string;
  amount: number;
  created: string;
}
