import { afterAll, beforeAll, expect, test } from 'vitest';
import { createList, deleteList } from '#ledger/security/list-commands.ts';
import { addItems } from '#ledger/security/list-item-commands.ts';
import type { HttpReply } from '#operation/http/exchange.ts';
import { Execution } from '#test/support/execution.ts';

let execution: Execution;

beforeAll(async () => {
  execution = await Execution.start();
});
afterAll(() => execution.stop());

test('nothing is left of a list to which somebody adds while it is deleted', async () => {
  const draft = { color: 'black' as const, enabled: true, description: 'Nobody' };
  const made = await execution.send(null, (context) => createList(context, draft));
  const { uuid } = JSON.parse((made as HttpReply).body).list;
  const add = (value: string) =>
    execution.send(null, async (context) => addItems(context, uuid, [{ type: 'CUSTOMER', value }]));
  await add('customer-1');
  const left = ['customer-2'];
  await execution.send(null, async (context) => {
    await deleteList(context, uuid);
    for (const value of left.splice(0)) expect(await add(value)).toMatchObject({ status: 200 });
  });
  expect(await execution.store.listItems(execution.merchant, uuid)).toEqual([]);
  expect(await add('customer-3')).toMatchObject({ status: 400, body: 'security_list_not_found' });
});
