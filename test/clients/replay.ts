import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { substitute, type Variables, valueAt } from '#test/flows/play.ts';
import type { Credentials } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { httpCall } from '#test/support/http-call.ts';
import type { Receiver } from '#test/support/receiver.ts';
import { open, submit } from './buyer.ts';

/** How a client authenticates (contract A.2). */
export type Authentication = 'bearer' | 'basic' | 'basic without colon' | 'bare';

/** A request as a client sends it. Text that begins with `$` names what an earlier step got. */
export interface Call {
  /** `METHOD /path`, with `{name.of.something}` in the path. */
  call: string;
  as?: string;
  /** By default that of the client. */
  authentication?: Authentication;
  body?: Record<string, unknown>;
  /** By default 200. */
  status?: number;
  /** What the client reads of the answer. */
  reads?: Record<string, unknown>;
  /** Asks again and again until it reads that, once whoever is to act meanwhile has. */
  polls?: true;
}

/** What the shop is told meanwhile at `$shop.url`. */
export interface Hearing {
  hears: Record<string, unknown>;
}

/** What the buyer does meanwhile, at the address that a step got. */
export interface Visiting {
  visit: string;
  /** Form by form; without any the page is only looked at. */
  forms?: readonly Record<string, string>[];
}

/** A client that others wrote: how it calls, what for, and how it checks answers. */
export interface Replay {
  client: string;
  authentication: Authentication;
  /** The kind of hash that it computes over every answer that has one, if any. */
  hash: 'as JavaScript writes JSON' | 'as PHP writes what it has read' | 'none';
  steps: readonly (Call | Visiting | Hearing)[];
}

/**
 * Plays a client step by step; its shop hears what a receiver gets, and somebody acts before it
 * polls, as the person at a terminal does.
 */
export async function replay(
  { client, authentication, hash, steps }: Replay,
  credentials: Credentials,
  receiver: Receiver,
  act: () => Promise<void>,
): Promise<void> {
  const { services, signature, devices = {} } = credentials;
  const path = `/${createHash('sha256').update(client).digest('hex')}`;
  const known: Variables = { services, signature, devices, shop: { url: receiver.at(path) } };
  for (const step of steps) {
    if ('hears' in step) {
      const expected = substitute(step.hears, known) as object;
      await eventually(() => {
        expect(receiver.received(path).map(({ text }) => JSON.parse(text))).toContainEqual(
          expect.objectContaining(nested(expected)),
        );
      });
      continue;
    }
    if ('visit' in step) {
      await visit(String(substitute(step.visit, known)), step.forms ?? []);
      continue;
    }
    const own = { authentication, ...step };
    const once = async () => {
      const { body, location } = await send(own, credentials, known, hash);
      expect(location, 'a redirect that curl would follow').toBeUndefined();
      expect(body, step.call).toMatchObject(substitute(step.reads ?? {}, known) as object);
      if (step.as !== undefined) known[step.as] = body;
    };
    if (step.polls) await act();
    await (step.polls ? eventually(once) : once());
  }
}

/** As `toMatchObject` compares, for one of many. */
function nested(expected: object): object {
  return Object.fromEntries(
    Object.entries(expected).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? expect.objectContaining(value) : value,
    ]),
  );
}

async function visit(url: string, forms: readonly Record<string, string>[]): Promise<void> {
  let page = await open(url);
  expect(page.status, page.url).toBe(200);
  for (const form of forms) page = await submit(page, form);
}

async function send(
  step: Call & { authentication: Authentication },
  credentials: Credentials,
  known: Variables,
  hash: Replay['hash'],
) {
  const { baseUrl, apiKey, signature } = credentials;
  const [method = '', template = ''] = step.call.split(' ');
  const path = template.replace(/\{([\w.]+)\}/g, (_, name) => {
    return encodeURIComponent(String(valueAt(known, name)));
  });
  const body = step.body && { signature, ...(substitute(step.body, known) as object) };
  const answer = await httpCall(baseUrl + path, {
    method,
    headers: {
      authorization: authorizationOf(step.authentication, apiKey),
      'content-type': 'application/json',
    },
    body: body && JSON.stringify(body),
  });
  expect(answer.status, `${step.call}: ${answer.text}`).toBe(step.status ?? 200);
  const parsed = JSON.parse(answer.text);
  if (parsed.validation_hash !== undefined && hash !== 'none') {
    checkHash(parsed, hash, signature);
  }
  return { body: parsed, location: answer.headers.location };
}

function authorizationOf(how: Authentication, apiKey: string): string {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  switch (how) {
    case 'bearer':
      return `Bearer ${apiKey}`;
    case 'basic':
      return `Basic ${base64(`${apiKey}:`)}`;
    case 'basic without colon':
      return `Basic ${base64(apiKey)}`;
    case 'bare':
      return apiKey;
  }
}

/** The hash as a client computes it, which throws away an answer whose hash is another. */
export function checkHash(
  body: Record<string, unknown>,
  hash: Exclude<Replay['hash'], 'none'>,
  signature: string,
): void {
  const { order, client, extra_data: extra } = body;
  const hashed = extra === undefined ? { order, client } : { order, client, extra_data: extra };
  const read = hash === 'as JavaScript writes JSON' ? hashed : asPhpReads(hashed);
  const text = JSON.stringify(read) + signature;
  expect(body.validation_hash).toBe(createHash('sha256').update(text).digest('hex'));
}

/** `json_decode` to arrays, and `json_encode` with slashes and Unicode unescaped. */
function asPhpReads(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asPhpReads);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, asPhpReads(one)] as const);
  const isList = entries.every(([key], index) => key === String(index));
  return isList ? entries.map(([, one]) => one) : Object.fromEntries(entries);
}
