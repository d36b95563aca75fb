import type { HttpAnswer, HttpRequest } from '../world/gateway.ts';
import { carry } from '../world/network.ts';
import type { Tools, World } from '../world/world.ts';
import type { Asks } from './asks.ts';
import { lettersOf } from './drafts.ts';

/** What a program sends, before it has decided how stubborn it is. */
export interface Wish {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  headers?: Readonly<Record<string, string>>;
  body: object | string | null;
  /** What it asks for, where it matters how often that happens; see `Asks`. A success says it is done. */
  asks?: readonly string[];
  /** The same for what a success says no more of than that it may happen: a page leads on. */
  begins?: readonly string[];
}

/** What a command asks for, all times that have one identity once together. */
export interface Asked {
  asks: readonly string[];
  identity: string;
}

/** How a program repeats a request of which it has not heard. */
export type Manner = 'once' | 'keyed' | 'again';

/** A request with a key, and the answer that all repetitions must get. */
export interface Kept {
  request: HttpRequest;
  wish: Wish;
  answer: { status: number; body: string } | null;
}

const MAX_SENDS = 6;
const PATIENCE_MS = [4000, 31_000] as const;

/** A command that is interrupted or fails is given so often. */
const MAX_COMMANDS = 4;

/** A program that calls the API over a network that loses what it sends and what it is told. */
export class Client {
  readonly name: string;
  readonly #world: World;
  readonly #asks: Asks;
  /** All requests with keys, by their key. */
  readonly #kept: Map<string, Kept>;
  #sent = 0;

  constructor(name: string, world: World, asks: Asks, kept: Map<string, Kept>) {
    this.name = name;
    this.#world = world;
    this.#asks = asks;
    this.#kept = kept;
  }

  /** Sends a request as often as its manner has it; null when nothing was ever heard. */
  async send(wish: Wish, manner: Manner): Promise<HttpAnswer | null> {
    const { random } = this.#world;
    const key = manner === 'keyed' ? lettersOf(random.bytes(8)) : null;
    const most = manner === 'once' ? 1 : manner === 'again' ? random.int(2, 3) : MAX_SENDS;
    let answer: HttpAnswer | null = null;
    for (let time = 1; time <= most; time += 1) {
      answer = await this.#sendOnce(wish, key);
      if (answer !== null && !isWorthRepeating(answer, key)) return answer;
      await this.#world.time.wait(random.between(200, 6000));
    }
    return answer;
  }

  /**
   * Gives a command of an operator until it is done, which asks for things as one request with a
   * key; false when it is given up.
   */
  async command(
    name: string,
    asked: Asked,
    run: (tools: Tools) => Promise<void>,
  ): Promise<boolean> {
    const { asks, identity } = asked;
    for (const ask of asks) this.#asks.note(ask, identity, 'unknown');
    for (let tries = 1; tries <= MAX_COMMANDS; tries += 1) {
      const outcome = await this.#world.lambdas.runCommand(name, run);
      this.#world.history.add(this.name, `${name} ${identity}: ${outcome}`);
      if (outcome === 'done') {
        for (const ask of asks) this.#asks.note(ask, identity, 'done');
        return true;
      }
      await this.#world.time.wait(this.#world.random.between(200, 6000));
    }
    return false;
  }

  wait(ms: number): Promise<void> {
    return this.#world.time.wait(ms);
  }

  /** Sends a request with a key again, as it was sent before. */
  async repeat(key: string, kept: Kept): Promise<void> {
    for (const ask of kept.wish.asks ?? []) this.#asks.arrive(ask);
    const answer = await this.#world.gateway.handle(kept.request);
    this.#learn(kept.wish, key, answer, `key ${key} again`);
  }

  async #sendOnce(wish: Wish, key: string | null): Promise<HttpAnswer | null> {
    const { time, random, history } = this.#world;
    const request = requestOf(wish, key);
    if (key !== null && !this.#kept.has(key)) this.#kept.set(key, { request, wish, answer: null });
    this.#sent += 1;
    const number = this.#sent;
    const label = `#${number} ${wish.method} ${shortened(wish.path)}`;
    history.add(this.name, `${label} ${bodyText(wish)}${key === null ? '' : ` key ${key}`}`);
    let arrivals = 0;
    const receive = async () => {
      arrivals += 1;
      const identity = key ?? `${this.name} ${number}.${arrivals}`;
      for (const ask of [...(wish.asks ?? []), ...(wish.begins ?? [])]) {
        this.#asks.note(ask, identity, 'unknown');
      }
      for (const ask of wish.asks ?? []) this.#asks.arrive(ask);
      const answer = await this.#world.gateway.handle(request);
      this.#learn(wish, identity, answer, label);
      return answer;
    };
    const { promise, resolve } = Promise.withResolvers<HttpAnswer | null>();
    time.always(random.between(...PATIENCE_MS), () => resolve(null));
    void carry(this.#world, 'client', this.name, receive).then(async (carried) => {
      if (carried.answer !== null) resolve(await carried.answer);
    });
    const answer = await promise;
    if (answer === null) history.add(this.name, `#${number} hears nothing`);
    return answer;
  }

  /** Keeps what the API has said, whether its client hears it or not. */
  #learn(wish: Wish, identity: string, answer: HttpAnswer, label: string): void {
    this.#world.history.add(this.name, `${label} = ${answer.status} ${answerText(answer)}`);
    const isReplayed = answer.headers['idempotent-replayed'] === 'true';
    for (const ask of isReplayed ? (wish.asks ?? []) : []) this.#asks.replay(ask);
    const isRefused = answer.status >= 400 && answer.status < 500 && !isInProgress(answer);
    for (const ask of wish.asks ?? []) {
      if (answer.status < 400) this.#asks.note(ask, identity, 'done');
    }
    for (const ask of [...(wish.asks ?? []), ...(wish.begins ?? [])]) {
      if (isRefused) this.#asks.note(ask, identity, 'refused');
    }
    const kept = this.#kept.get(identity);
    if (kept === undefined || answer.status >= 500) return;
    const { status, body } = answer;
    if (kept.answer === null) {
      if (!isTransient(answer) && !isPending(answer)) kept.answer = { status, body };
    } else if (kept.answer.status !== status || kept.answer.body !== body) {
      this.#world.fail(`key ${identity} was answered in two ways:\n${kept.answer.body}\n${body}`);
    }
  }
}

function requestOf(wish: Wish, key: string | null): HttpRequest {
  const { method, path, headers = {}, body } = wish;
  const isForm = typeof body === 'string';
  const contentType = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  return {
    method,
    path,
    headers: {
      ...(body === null ? {} : { 'content-type': contentType }),
      ...(key === null ? {} : { 'idempotency-key': key }),
      ...headers,
    },
    body: body === null ? null : isForm ? body : JSON.stringify(body),
  };
}

function isWorthRepeating(answer: HttpAnswer, key: string | null): boolean {
  return answer.status >= 500 || (key !== null && isTransient(answer));
}

/** Whether the same request may be answered otherwise a moment later. */
function isTransient(answer: HttpAnswer): boolean {
  return [400, 409].includes(answer.status) && TRANSIENT.test(answer.body);
}

const TRANSIENT = /in progress|pending transaction|Conflict with another|being paid/i;

function isInProgress(answer: HttpAnswer): boolean {
  return answer.status === 409 && /in progress/i.test(answer.body);
}

/** Whether the outcome was not known when it was answered, so that the next answer may say more. */
function isPending(answer: HttpAnswer): boolean {
  const { subscription, current_time } = answer.body.startsWith('{') ? JSON.parse(answer.body) : {};
  if (subscription?.status === 'CREATED') {
    return subscription.first_charge_date <= current_time.slice(0, 19).replace('T', ' ');
  }
  if (!answer.body.includes('"order":{')) return false;
  return /"status":"PENDING(_PROCESSOR_RESPONSE|_PAYMENT)?"/.test(answer.body);
}

function shortened(path: string): string {
  return path.replace(/[0-9a-f]{100,}/, (token) => `${token.slice(0, 24)}…`);
}

function bodyText({ body }: Wish): string {
  if (body === null) return '';
  if (typeof body === 'string') return body.replace(/number=\d+/, 'number=…');
  return JSON.stringify({ ...body, signature: undefined });
}

function answerText({ body, headers }: HttpAnswer): string {
  if (headers.location !== undefined) return shortened(headers.location);
  if (!body.startsWith('{')) return '';
  const { details, message, order, code } = JSON.parse(body);
  if (order !== undefined) {
    const { uuid, status, refunded } = order;
    return `order ${uuid} ${status}${refunded > 0 ? ` refunded ${refunded}` : ''}`;
  }
  return String(details ?? (code === 200 ? 'OK' : (message ?? '')));
}
