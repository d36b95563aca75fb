import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import * as z from 'zod/mini';
import type { PaylandsDeclaration } from '#faces/paylands/declaration.ts';
import { errorAnswer } from '#faces/paylands/shapes.ts';
import type { Answer, Credentials } from '#test/support/client.ts';

const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

/** What holds for every answer of the face, whatever the operation (contract A.2–A.6, B.4). */
export function checkAnswer(
  operation: PaylandsDeclaration,
  answer: Answer,
  credentials: Credentials,
): void {
  const { status, headers, text, body } = answer;
  expect(headers).toMatchObject({ 'content-type': 'application/json' });
  expect(headers).not.toHaveProperty('location');
  expect(headers['x-request-id']).toMatch(UUID);
  if (status === 200 && BARE.includes(operation.name)) checkBare(operation, answer);
  else {
    expect(body.code).toBe(status);
    if (status === 200) checkSuccess(operation, answer, credentials);
    else checkError(answer);
  }
  for (const [uuid] of text.matchAll(UUID)) expect(uuid).toBe(uuid.toUpperCase());
  expect(text, 'anything beyond ASCII is escaped').toMatch(/^[\x20-\x7e]*$/);
  expect(text, 'slashes are escaped').not.toMatch(/(?<!\\)\//);
  for (const secret of [credentials.apiKey, credentials.signature]) {
    expect(text).not.toContain(secret);
  }
}

/** Without an envelope (contract A.4). */
const BARE = ['listClientServices', 'getClientResources'];

function checkBare(operation: PaylandsDeclaration, { body }: Answer): void {
  expect(z.safeParse(operation.response, body).error?.issues).toBeUndefined();
  for (const name of ['code', 'message', 'current_time']) expect(body).not.toHaveProperty(name);
}

function checkSuccess(
  operation: PaylandsDeclaration,
  { text, body }: Answer,
  credentials: Credentials,
): void {
  expect(z.safeParse(operation.response, body).error?.issues).toBeUndefined();
  expect(text).toMatch(
    /^\{"message":"OK","code":200,"current_time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]00"/,
  );
  if (body.order === undefined) return;
  // What is sent to a terminal has no hash (contract B.1).
  if (operation.tag === 'Terminals') expect(body.validation_hash).toBeUndefined();
  else checkHash(text, credentials.signature);
}

function checkError({ text, body }: Answer): void {
  expect(z.safeParse(errorAnswer, body).error?.issues).toBeUndefined();
  expect(Object.keys(body)).toEqual(['message', 'code', 'details']);
  expect(text).toMatch(/^\{"message":"/);
}

/** The hash as receivers compute it, from what they read and nothing else (contract B.4). */
export function checkHash(text: string, signature: string): void {
  const body = JSON.parse(text);
  const { order, client, validation_hash: hash } = body;
  const hashed =
    'extra_data' in body ? { order, client, extra_data: body.extra_data } : { order, client };
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  for (const read of [hashed, asPhpReads(hashed)]) {
    const expected = createHash('sha256')
      .update(JSON.stringify(read) + signature)
      .digest('hex');
    expect(hash).toBe(expected);
  }
}

/** PHP reads objects as arrays: an empty one, or one with keys that count, is written as a list. */
function asPhpReads(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asPhpReads);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, asPhpReads(one)] as const);
  const isList = entries.every(([key], index) => key === String(index));
  return isList ? entries.map(([, one]) => one) : Object.fromEntries(entries);
}
