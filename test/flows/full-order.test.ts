import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { charge, refund } from '#ledger/payments/payment-commands.ts';
import { expectBooksAgree } from '#test/support/books.ts';
import { Execution } from '#test/support/execution.ts';

let execution: Execution;

beforeAll(async () => {
  execution = await Execution.start();
});
afterAll(() => execution.stop());
beforeEach(() => execution.reset());

test('an order that would outgrow its item is refused before money moves', async () => {
  const { order, card } = await execution.seed({ extraData: { note: 'x'.repeat(60_000) } });
  const input = { order: order.uuid, card: card.uuid, ip: null };
  expect(await execution.send(null, (context) => charge(context, input))).toMatchObject({
    status: 200,
  });
  const replies: unknown[] = [];
  for (let part = 1; part <= 6; part += 1) {
    const extraData = { [`part${part}`]: String(part).repeat(60_000) };
    replies.push(
      await execution.send(`part-${part}`, (context) =>
        refund(context, { order: order.uuid, amount: 100, extraData }),
      ),
    );
  }
  expect(replies.at(0)).toMatchObject({ status: 200 });
  expect(replies.at(-1)).toMatchObject({ status: 400, body: 'order_full' });
  const [after] = await expectBooksAgree(execution);
  const succeeded = replies.filter((one) => (one as { status: number }).status === 200);
  expect(after?.refunded).toBe(100 * succeeded.length);
  const rest = await execution.send(null, (context) =>
    refund(context, { order: order.uuid, amount: null }),
  );
  expect(rest).toMatchObject({ status: 200 });
});
