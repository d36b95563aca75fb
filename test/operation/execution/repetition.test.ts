import { expect, test } from 'vitest';
import type { IdempotencyRecord } from '#ledger/core/idempotency-record.ts';
import { repetitionOf } from '#operation/execution/idempotency.ts';

const NOW_MS = Date.UTC(2026, 4, 1);
const KEY = { id: 'KEY', fingerprint: 'same', lockMs: 90_000, expiresAt: 0 };

/** What an earlier request left that ended half-way, and whose lock is over. */
const HALF_WAY: IdempotencyRecord = {
  id: 'KEY',
  fingerprint: 'same',
  attempt: 'ATTEMPT',
  state: 'started',
  lockedUntilMs: NOW_MS - 1,
  expiresAt: 0,
  reply: null,
};

test('a request that ended half-way is resumed with its own payload, and with no other', () => {
  expect(repetitionOf(HALF_WAY, KEY, NOW_MS)).toEqual({ resumes: 'ATTEMPT' });
  const other = { ...KEY, fingerprint: 'other' };
  expect(() => repetitionOf(HALF_WAY, other, NOW_MS)).toThrow(
    expect.objectContaining({ status: 422 }),
  );
});
