import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LedgerStore } from '#ledger/core/store.ts';
import { createList, deleteList } from '#ledger/security/list-commands.ts';
import { matchOf } from '#ledger/security/list-item.ts';
import { addItems, MAX_ITEMS } from '#ledger/security/list-item-commands.ts';
import type { HttpReply } from '#operation/http/exchange.ts';
import { Execution } from '#test/support/execution.ts';
import { Crash } from '#test/support/faulty-acquirer.ts';

let execution: Execution;

beforeAll(async () => {
  execution = await Execution.start();
});
afterAll(() => execution.stop());

test('nothing is left of a list with more items than go at once, even where its deletion died', async () => {
  const draft = { color: 'black' as const, enabled: true, description: 'Many' };
  const made = await execution.send(null, (context) => createList(context, draft));
  const { uuid } = JSON.parse((made as HttpReply).body).list;
  const values = Array.from({ length: 2 * MAX_ITEMS + 5 }, (_, at) => `customer-${at}`);
  for (let at = 0; at < values.length; at += MAX_ITEMS) {
    const items = values
      .slice(at, at + MAX_ITEMS)
      .map((value) => ({ type: 'CUSTOMER', value }) as const);
    await execution.send(null, (context) => addItems(context, uuid, items));
  }
  const left = async () => (await execution.store.listItems(execution.merchant, uuid)).length;
  expect(await left()).toBe(values.length);
  const dies = execution.send(null, (context) => {
    let commits = 0;
    const commit: LedgerStore['commit'] = async (...changes) => {
      commits += 1;
      if (commits === 2) throw new Crash();
      await context.store.commit(...changes);
    };
    const store = new Proxy(context.store, {
      get: (all, name: keyof LedgerStore) => (name === 'commit' ? commit : all[name].bind(all)),
    });
    return deleteList({ ...context, store }, uuid);
  });
  expect(await dies).toBe('crash');
  expect(await left()).toBe(MAX_ITEMS + 5);
  const again = await execution.send(null, (context) => deleteList(context, uuid));
  expect(again).toMatchObject({ status: 200 });
  expect(await left()).toBe(0);
  const matches = values.map((value) => matchOf('CUSTOMER', value)?.match ?? '');
  const { lists } = await execution.store.security(execution.merchant, () => ({
    matches,
    counters: [],
  }));
  expect([...lists.values()].flat()).toEqual([]);
});

test('what a list has since an instance last read the policy is looked for', async () => {
  await execution.reset();
  const draft = { color: 'black' as const, enabled: true, description: 'New kinds' };
  const made = await execution.send(null, (context) => createList(context, draft));
  const { uuid } = JSON.parse((made as HttpReply).body).list;
  const email = matchOf('EMAIL', 'jane@example.com')?.match ?? '';
  const found = async () => {
    const { lists } = await execution.store.security(execution.merchant, ({ itemKinds }) => ({
      matches: itemKinds.length === 0 ? [] : [email],
      counters: [],
    }));
    return lists.get(email);
  };
  expect(await found()).toBeUndefined();
  const item = { type: 'EMAIL' as const, value: 'jane@example.com' };
  await execution.send(null, (context) => addItems(context, uuid, [item]));
  expect(await found()).toEqual([uuid]);
});

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
