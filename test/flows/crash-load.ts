import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, APPROVED_PAN, type Client } from '#test/support/client.ts';
import type { Receiver } from '#test/support/receiver.ts';

/** One order of a merchant's program. */
export interface Bought {
  order: string;
  /** What the program was told in the end and may rely on; null when it gave up waiting. */
  told: { paid: boolean; captured: number; refunded: number } | null;
}

/** Sends a request with a key; null when there is no final answer. */
export type Send = (path: string, body: object, key: string) => Promise<Answer | null>;

/** A merchant's program that sells one order after the other. */
export interface Seller {
  name: string;
  service: string;
  receiver: Receiver;
  /** Prepares orders and cards. */
  prepare: Send;
  /** Moves money; careless programs give up when the server goes away. */
  move: Send;
}

/** Creates an order, saves a card, charges it, and confirms or refunds some. */
export async function sell(seller: Seller, round: number): Promise<Bought> {
  const name = `${seller.name}-${round}`;
  const kind = KINDS[round % KINDS.length] ?? 'sale';
  const { order, card } = await prepare(seller, name, kind);
  let last: Answer | null = null;
  for (const [step, [path, fields]] of movesOf(kind, card).entries()) {
    last = await seller.move(path, { order_uuid: order, ...fields }, `${name}-${step}`);
    if (last === null) return { order, told: null };
  }
  if (last === null) throw new Error('A kind without moves');
  const { paid, captured, refunded } = last.body.order;
  return { order, told: { paid, captured, refunded } };
}

type Kind = 'sale' | 'refunded' | 'refused' | 'hold';

const KINDS: readonly Kind[] = ['sale', 'refunded', 'refused', 'hold'];

async function prepare({ prepare: send, service, receiver }: Seller, name: string, kind: Kind) {
  const created = await send(
    '/payment',
    {
      amount: 1000,
      operative: kind === 'hold' ? 'DEFERRED' : 'AUTHORIZATION',
      description: 'Load',
      customer_ext_id: name,
      reference: name,
      service,
      url_post: receiver.at(`/${name}`),
    },
    `${name}-order`,
  );
  const saved = await send(
    '/payment-method/card',
    {
      customer_ext_id: name,
      card_holder: 'Jane Doe',
      card_pan: kind === 'refused' ? '4111111111111111' : APPROVED_PAN,
      card_expiry_month: '12',
      card_expiry_year: '34',
    },
    `${name}-card`,
  );
  if (created === null || saved === null) throw new Error('Preparations are careful');
  return { order: created.body.order.uuid, card: saved.body.Source.uuid };
}

/** The requests that move money, in their order. */
function movesOf(kind: Kind, card: string): [path: string, fields: object][] {
  const charge: [string, object] = ['/payment/direct', { card_uuid: card }];
  if (kind === 'hold') return [charge, ['/payment/confirmation', {}]];
  if (kind !== 'refunded') return [charge];
  return [charge, ['/payment/refund', { amount: 300 }], ['/payment/refund', { amount: 200 }]];
}

const RETRY_MS = 100;

/** Sends to where the server is at the moment, with the same key until an answer is final. */
export function careful(client: () => Client, giveUpMs: number): Send {
  const once = careless(client);
  return async (path, body, key) => {
    const deadline = Date.now() + giveUpMs;
    while (Date.now() < deadline) {
      const answer = await once(path, body, key);
      if (answer !== null) return answer;
      await sleep(RETRY_MS);
    }
    throw new Error(`No final answer to ${key}`);
  };
}

/** Sends once. */
export function careless(client: () => Client): Send {
  return async (path, body, key) => {
    const sent = client().post(path, body, { key });
    const answer = await sent.catch(() => null);
    return answer !== null && isFinal(answer) ? answer : null;
  };
}

/** An order that is still with the acquirer may say so; a careful program asks again. */
function isFinal({ status, body }: Answer): boolean {
  if (status >= 500 || status === 409) return false;
  if (status !== 200) throw new Error(`Unexpected ${status}: ${body.details}`);
  return body.order?.status !== 'PENDING_PROCESSOR_RESPONSE';
}
