import type { Random } from '../world/random.ts';
import type { Tools } from '../world/world.ts';
import type { Asked, Client, Manner, Wish } from './client.ts';
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
  subscription: { id: string };
  detail: { uuid: string };
  orders: Record<string, { order: OrderBody | null }>;
  colorlists: { uuid: string };
  customer_address?: { uuid: string };
  customer_account?: { uuid: string };
}

/** With keys, mostly. */
const MANNERS: readonly Manner[] = ['once', 'keyed', 'keyed', 'again', 'again'];
const WITHOUT_KEYS: readonly Manner[] = ['once', 'again', 'again'];

/** Calls both faces and the pages as a shop's programs and buyers do. */
export class Till {
  readonly shop: Shop;
  readonly random: Random;
  readonly #client: Client;
  readonly #manners: readonly Manner[];

  constructor(shop: Shop, client: Client, random: Random, manners = MANNERS) {
    this.shop = shop;
    this.#client = client;
    this.random = random;
    this.#manners = manners;
  }

  /** The same, for what must not be asked for again when all keys are repeated at the end. */
  withoutKeys(): Till {
    return new Till(this.shop, this.#client, this.random, WITHOUT_KEYS);
  }

  /** The body of a success, or null: refused, or nobody knows. */
  paylands(path: string, body: object, ...asks: string[]): Promise<PaylandsBody | null> {
    return this.#call({ method: 'POST', path, body, asks });
  }

  /** The same for what is taken now and done later: a success says that it is kept. */
  handIn(
    path: string,
    body: object,
    ask: string,
    begins: readonly string[],
  ): Promise<PaylandsBody | null> {
    return this.#call({ method: 'POST', path, body, asks: [ask], begins });
  }

  delete(path: string, body: object = {}, ...asks: string[]): Promise<PaylandsBody | null> {
    return this.#call({ method: 'DELETE', path, body, asks });
  }

  put(path: string, body: object): Promise<PaylandsBody | null> {
    return this.#call({ method: 'PUT', path, body });
  }

  /** See `Client.command`. */
  command(name: string, asked: Asked, run: (tools: Tools) => Promise<void>): Promise<boolean> {
    return this.#client.command(name, asked, run);
  }

  get(path: string): Promise<PaylandsBody | null> {
    return this.#call({ method: 'GET', path, body: null });
  }

  wait(ms: number): Promise<void> {
    return this.#client.wait(ms);
  }

  /** A time from now on by the shop's clock, ISO 8601. */
  timeIn(ms: number): string {
    return new Date(Date.now() + (this.shop.clockAheadMs ?? 0) + ms).toISOString();
  }

  /** The same as a clock on the wall of the shop shows it, in Madrid. */
  wallTimeIn(ms: number): string {
    return new Date(this.timeIn(ms)).toLocaleString('sv-SE', { timeZone: 'Europe/Madrid' });
  }

  async #call(wish: Wish): Promise<PaylandsBody | null> {
    const { apiKey, signature } = this.shop;
    const answer = await this.#client.send(
      {
        ...wish,
        path: `/v1/sandbox${wish.path}`,
        headers: { authorization: `Bearer ${apiKey}` },
        body: wish.body === null ? null : { ...(wish.body as object), signature },
      },
      wish.method === 'GET' ? 'again' : this.#manner(),
    );
    return answer?.status === 200 ? JSON.parse(answer.body) : null;
  }

  /** By the location's own token, or by that of an app. */
  async highLevel(
    path: string,
    body: object,
    asks: readonly string[],
    { token = this.shop.token, method = 'POST' }: { token?: string; method?: Wish['method'] } = {},
  ): Promise<Record<string, unknown> | null> {
    const headers = { authorization: `Bearer ${token}`, version: '2021-07-28' };
    const answer = await this.#client.send({ method, path, headers, body, asks }, this.#manner());
    return answer !== null && answer.status < 300 ? JSON.parse(answer.body) : null;
  }

  /** Opens a page; the result is the attempt that its form carries, or null without one. */
  async open(path: string): Promise<string | null> {
    const answer = await this.#client.send({ method: 'GET', path, body: null }, 'again');
    return /name="attempt" value="([0-9a-f]{32})"/.exec(answer?.body ?? '')?.[1] ?? null;
  }

  /** Sends a form; an impatient buyer sends it again. */
  async submit(path: string, form: Readonly<Record<string, string>>, ask: string): Promise<void> {
    const body = new URLSearchParams(form).toString();
    const wish: Wish = { method: 'POST', path, body, begins: [ask] };
    await this.#client.send(wish, this.random.chance(0.3) ? 'again' : 'once');
  }

  #manner(): Manner {
    return this.random.pick(this.#manners);
  }
}
