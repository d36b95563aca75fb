import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LedgerContext } from '#ledger/core/context.ts';
import { LostRace } from '#ledger/core/errors.ts';
import { Memory } from '#operation/execution/memory.ts';
import { Execution, LOCK_MS } from '#test/support/execution.ts';
import { type FaultyDynamo, startFaultyDynamo } from '#test/support/faulty-dynamodb.ts';

let dynamo: FaultyDynamo;
let execution: Execution;
let sent: number;

beforeAll(async () => {
  dynamo = await startFaultyDynamo();
  execution = await Execution.start(dynamo.route);
});
afterAll(async () => {
  await execution.stop();
  await dynamo.stop();
});
beforeEach(async () => {
  dynamo.calm();
  execution.requestMs = 20_000;
  sent = 0;
  await execution.reset();
});

/** Claims the key of its request, then does what cannot be taken back. */
async function act({ once, work, realNowMs }: LedgerContext): Promise<string> {
  await once(async () => {
    await work.checkpoint(realNowMs());
    sent += 1;
  });
  return 'sent';
}

const isAnswer = (body: string) => body.includes('"state":{"S":"done"}');
const done = { status: 200, body: '"sent"' };

test('what was done keeps a request trying to write it, as an answer of an acquirer does', async () => {
  const memory = new Memory();
  expect(memory.hasActed).toBe(false);
  await memory.once(async () => {});
  expect(memory.hasActed).toBe(true);
});

test('says what was done when its answer is never written, and does it for a repetition', async () => {
  execution.requestMs = 4500;
  dynamo.onTransaction((body) => (isAnswer(body) ? 'conflict' : 'none'));
  expect(await execution.send('key', act)).toEqual(done);
  expect(sent).toBe(1);
  dynamo.calm();
  execution.requestMs = 20_000;
  expect(await execution.send('key', act)).toMatchObject({ status: 409 });
  expect(sent).toBe(1);
  // As after a crash: nobody knows whether it was done.
  execution.advance(LOCK_MS + 1);
  expect(await execution.send('key', act)).toEqual(done);
  expect(sent).toBe(2);
  expect(await execution.send('key', act)).toMatchObject(done);
  expect(sent).toBe(2);
});

test('is not done by who only looks at what became of the request', async () => {
  let tries = 0;
  const reply = await execution.send(null, async ({ once }) => {
    tries += 1;
    if (tries <= 12) throw new LostRace();
    await once(async () => {
      sent += 1;
    });
  });
  expect(reply).toEqual({ status: 400, body: 'write_conflict' });
  expect({ tries, sent }).toEqual({ tries: 13, sent: 0 });
});

test('is done again when it has failed', async () => {
  const fails = async ({ once }: LedgerContext) => {
    await once(async () => {
      sent += 1;
      throw new Error('It cannot be sent');
    });
  };
  await expect(execution.send('key', fails)).rejects.toThrow('It cannot be sent');
  execution.advance(LOCK_MS + 1);
  expect(await execution.send('key', act)).toEqual(done);
  expect(sent).toBe(2);
});
