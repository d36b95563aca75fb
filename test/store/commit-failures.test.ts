import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { LostRace } from '#ledger/core/errors.ts';
import type { Change } from '#ledger/core/store.ts';
import type { Composition } from '#store/core/aggregate.ts';
import { refusalOf } from '#store/core/commit-failures.ts';

const composition = { refusalOf: () => null } as unknown as Composition;
const change = { change: 'reference_claimed', reference: 'R', order: 'O' } satisfies Change;

function refusalFor(...codes: string[]) {
  const error = new TransactionCanceledException({
    message: 'Transaction cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
  const writes = codes.map(() => ({ change }));
  return { error, refusal: refusalOf(error, writes, composition) };
}

test('a commit that others came before has lost its race', () => {
  for (const codes of [
    ['None', 'ConditionalCheckFailed'],
    ['TransactionConflict', 'None'],
    ['ConditionalCheckFailed', 'ThrottlingError'],
  ]) {
    expect(refusalFor(...codes).refusal).toBeInstanceOf(LostRace);
  }
});

test('a commit that can never be written has not: it is a bug, and not tried again', () => {
  for (const codes of [
    ['ValidationError'],
    ['ConditionalCheckFailed', 'ItemCollectionSizeLimit'],
  ]) {
    const { error, refusal } = refusalFor(...codes);
    expect(refusal).toBe(error);
  }
});
