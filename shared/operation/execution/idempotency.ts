import type { Vault } from '#crypto/vault.ts';
import { hasCardNumber } from '#ledger/cards/card-numbers.ts';
import type { IdempotencyRecord, StoredReply } from '#ledger/core/idempotency-record.ts';
import type { LedgerStore } from '#ledger/core/store.ts';
import type { IdempotencyKey } from '#ledger/core/unit-of-work.ts';
import { RequestError } from '#operation/http/errors.ts';
import { callerOf, type Exchange, type HttpReply } from '#operation/http/exchange.ts';
import type { Settings } from '#operation/runtime/settings.ts';

/** How long the answer of a key is kept: from a failure on a Friday to the retry on Monday. */
const KEPT_SECONDS = 72 * 3600;

/** @throws RequestError 400 when the header is present and not 1–255 printable characters */
export function readIdempotencyKey(exchange: Exchange): string | null {
  const key = exchange.event.headers['idempotency-key'];
  if (key === undefined) return null;
  if (!/^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(key) || hasCardNumber(key)) {
    throw new RequestError(400, 'Idempotency-Key is not valid');
  }
  return key;
}

/** The replay key of a request, scoped by the store to its merchant and environment. */
export function idempotencyKeyOf(
  exchange: Exchange,
  vault: Vault,
  settings: Settings,
  nowMs: number,
): IdempotencyKey | null {
  if (exchange.idempotencyKey === null) return null;
  const { path, query } = exchange.input;
  const { keyScope } = callerOf(exchange);
  const scope = keyScope === undefined ? [] : [keyScope];
  return {
    id: [exchange.operation.name, ...scope, exchange.idempotencyKey].join('#'),
    fingerprint: fingerprintOf(vault, { path, query, body: withoutSignature(exchange.body) }),
    lockMs: settings.RECOVER_AFTER_SECONDS * 1000,
    expiresAt: Math.floor(nowMs / 1000) + KEPT_SECONDS,
  };
}

/** A repetition is answered with the stored reply, or must resume the first attempt. */
export type Repetition = { reply: HttpReply & Pick<StoredReply, 'isSealed'> } | { resumes: string };

/**
 * Decides what a request does whose key was used before.
 * @throws RequestError 422 for another payload, 409 while the first request is under way
 */
export function repetitionOf(
  record: IdempotencyRecord,
  key: IdempotencyKey,
  nowMs: number,
): Repetition {
  if (record.fingerprint !== key.fingerprint) {
    throw new RequestError(422, 'Idempotency-Key was used with another payload');
  }
  if (record.reply !== null) {
    return { reply: { ...record.reply, headers: { 'idempotent-replayed': 'true' } } };
  }
  if (record.lockedUntilMs > nowMs) {
    const seconds = Math.min(5, Math.ceil((record.lockedUntilMs - nowMs) / 1000));
    throw new RequestError(409, 'A request with this Idempotency-Key is in progress', {
      'retry-after': String(seconds),
    });
  }
  return { resumes: record.attempt };
}

/** What is kept of a key; what has expired may be stored for days more. */
export async function findIdempotencyRecord(
  store: LedgerStore,
  exchange: Exchange,
  key: IdempotencyKey,
  nowMs: number,
): Promise<IdempotencyRecord | null> {
  const { replay } = await store.read(callerOf(exchange).merchant, { replay: key.id });
  return replay !== null && replay.expiresAt < Math.floor(nowMs / 1000) ? null : replay;
}

/** Keyed, because a plain digest of a body with a card number could be guessed back. */
function fingerprintOf(vault: Vault, request: unknown): string {
  return vault.digest('request', canonical(request)).slice(0, 64);
}

function withoutSignature(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const { signature: _signature, ...rest } = body as Record<string, unknown>;
  return rest;
}

/** JSON with sorted keys, so that equal payloads have equal digests. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
