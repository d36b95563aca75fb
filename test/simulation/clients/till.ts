import type { Random } from '../world/random.ts';
import type { Client, Manner, Wish } from './client.ts';
import type { Shop } from './shop.ts';

/** An order as the Paylands face shows it. */
export interface OrderBody {
  uuid: string;
  status: string;
  amount: number;
  token: string;
  refunded: number;
}

export interface PaylandsBody {
  order: OrderBody;
  Source: { uuid: string };
}

/** Calls both faces and the pages as a shop's programs and buyers do. */
export class Till {
  readonly shop: Shop;
  readonly random: Random;
  readonly #client: Client;

  constructor(shop: Shop, client: Client, random: Random) {
    this.shop = shop;
    this.#client = client;
    this.random = random;
  }

  /** The body of a success, or null: refused, or nobody knows. */
  async paylands(path: string, body: object, ask?: string): Promise<PaylandsBody | null> {
    const { apiKey, signature } = this.shop;
    const answer = await this.#client.send(
      {
        method: 'POST',
        path: `/v1/sandbox${path}`,
        headers: { authorization: `Bearer ${apiKey}` },
        body: { ...body, signature },
        ...(ask === undefined ? {} : { ask }),
      },
      this.#manner(),
    );
    return answer?.status === 200 ? JSON.parse(answer.body) : null;
  }

  async highLevel(path: string, body: object, ask: string): Promise<void> {
    const { token } = this.shop;
    const headers = { authorization: `Bearer ${token}`, version: '2021-07-28' };
    await this.#client.send({ method: 'POST', path, headers, body, ask }, this.#manner());
  }

  /** Opens a page; the result is the attempt that its form carries, or null without one. */
  async open(path: string): Promise<string | null> {
    const answer = await this.#client.send({ method: 'GET', path, body: null }, 'again');
    return /name="attempt" value="([0-9a-f]{32})"/.exec(answer?.body ?? '')?.[1] ?? null;
  }

  /** Sends a form; an impatient buyer sends it again. */
  async submit(path: string, form: Readonly<Record<string, string>>, ask: string): Promise<void> {
    const body = new URLSearchParams(form).toString();
    const wish: Wish = { method: 'POST', path, body, ask, isPlain: false };
    await this.#client.send(wish, this.random.chance(0.3) ? 'again' : 'once');
  }

  #manner(): Manner {
    return this.random.pick(['once', 'keyed', 'keyed', 'again', 'again']);
  }
}
