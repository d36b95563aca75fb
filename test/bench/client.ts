import { Agent, request } from 'node:http';
import type { Demo } from '#infra/local/demo.ts';

/** Connections are kept, so that what is measured is the server. */
const agent = new Agent({ keepAlive: true });

/** Calls the Paylands face and measures every call by its name. */
export class BenchClient {
  readonly samples = new Map<string, number[]>();
  readonly #demo: Demo['paylands'];

  constructor(demo: Demo['paylands']) {
    this.#demo = demo;
  }

  /** Create an order, save a card, charge, refund: the main job of a merchant. */
  async flow(name: string): Promise<void> {
    const created = await this.post('createOrder', '/payment', {
      amount: 1000,
      operative: 'AUTHORIZATION',
      description: 'Bench',
      customer_ext_id: name,
      service: this.#demo.services.redsys,
    });
    const saved = await this.post('saveCard', '/payment-method/card', {
      customer_ext_id: name,
      card_holder: 'Jane Doe',
      card_pan: '4548812049400004',
      card_expiry_month: '12',
      card_expiry_year: '34',
    });
    const order_uuid = created.order.uuid;
    const paid = await this.post('directPayment', '/payment/direct', {
      order_uuid,
      card_uuid: saved.Source.uuid,
    });
    if (paid.order.status !== 'SUCCESS') throw new Error(`Not paid: ${paid.order.status}`);
    await this.post('refundPayment', '/payment/refund', { order_uuid });
  }

  post(name: string, path: string, body: object, key: string | null = null): Promise<Json> {
    const text = JSON.stringify({ signature: this.#demo.signature, ...body });
    return this.#measured(name, 'POST', path, text, key);
  }

  get(name: string, path: string): Promise<Json> {
    return this.#measured(name, 'GET', path, null, null);
  }

  async #measured(
    name: string,
    method: string,
    path: string,
    body: string | null,
    key: string | null,
  ) {
    const startedMs = performance.now();
    const answer = await this.#send(method, path, body, key);
    const samples = this.samples.get(name) ?? [];
    samples.push(performance.now() - startedMs);
    this.samples.set(name, samples);
    return answer;
  }

  #send(method: string, path: string, body: string | null, key: string | null): Promise<Json> {
    const headers: Record<string, string> = { authorization: `Bearer ${this.#demo.apiKey}` };
    if (body !== null) headers['content-type'] = 'application/json';
    if (key !== null) headers['idempotency-key'] = key;
    return new Promise((resolve, reject) => {
      const call = request(`${this.#demo.baseUrl}${path}`, { method, headers, agent }, (reply) => {
        let text = '';
        reply.setEncoding('utf8').on('data', (chunk) => {
          text += chunk;
        });
        reply.on('end', () => {
          if (reply.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`${method} ${path}: ${reply.statusCode} ${text}`));
        });
      });
      call.on('error', reject).end(body ?? undefined);
    });
  }
}

/** The parts of answers that the bench looks at. */
interface Json {
  count: number;
  order: { uuid: string; status: string };
  Source: { uuid: string };
  transactions: unknown[];
}
