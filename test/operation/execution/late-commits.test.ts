import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addTemplate, removeTemplate } from '#administration/templates.ts';
import { deleteCard, saveCard } from '#ledger/cards/card-commands.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { LostRace } from '#ledger/core/errors.ts';
import { idOfWork } from '#ledger/core/unit-of-work.ts';
import { deleteBank, saveBank } from '#ledger/customers/bank-account-commands.ts';
import { createCustomer } from '#ledger/customers/customer-commands.ts';
import { createAddress, deleteAddress, fileOf } from '#ledger/customers/customer-file-commands.ts';
import { createDevice, deleteDevice } from '#ledger/devices/device-commands.ts';
import { charge, release } from '#ledger/payments/payment-commands.ts';
import {
  createPlan,
  createProduct,
  deletePlan,
  deleteProduct,
  getProduct,
  setRetryDays,
} from '#ledger/plans/plan-commands.ts';
import {
  connectProvider,
  getProvider,
  registerProvider,
  removeProvider,
} from '#ledger/providers/custom-provider.ts';
import { createCoupon, deleteCoupon } from '#ledger/purchases/coupon-commands.ts';
import { createList, deleteList } from '#ledger/security/list-commands.ts';
import { addItems, removeItems } from '#ledger/security/list-item-commands.ts';
import { policyOf } from '#ledger/security/policy-commands.ts';
import { TemplateStore } from '#store/access/template-store.ts';
import { dynamoClient } from '#store/core/client.ts';
import { item, keyOf } from '#store/core/items.ts';
import { prefix } from '#store/core/keys.ts';
import { ledgerStore } from '#store/ledger.ts';
import { expectBooksAgree } from '#test/support/books.ts';
import { couponDraft } from '#test/support/coupons.ts';
import { Execution } from '#test/support/execution.ts';
import { type FaultyDynamo, startFaultyDynamo } from '#test/support/faulty-dynamodb.ts';
import { SERVICE } from '#test/support/orders.ts';

let dynamo: FaultyDynamo;
let execution: Execution;

beforeAll(async () => {
  dynamo = await startFaultyDynamo();
  execution = await Execution.start(dynamo.endpoint);
});
afterAll(async () => {
  await execution.stop();
  await dynamo.stop();
});
beforeEach(() => execution.reset());

/**
 * The next commit, or the one after so many, is cut off and sent again; the first of the two arrives
 * when it is delivered.
 */
function holdBackOnce({ after = 0 } = {}): void {
  const faults = [...Array<'none'>(after).fill('none'), 'arrives_later' as const];
  dynamo.onTransaction(() => faults.shift() ?? 'none');
}

test('what was refused is not made when its first send arrives', async () => {
  const create = (code: string) =>
    execution.send(null, (context) => createCoupon(context, 'location', couponDraft(code)));
  await create('SALE');
  const [first] = await execution.store.coupons(execution.merchant);
  holdBackOnce();
  expect(await create('SALE')).toMatchObject({ status: 400, body: 'coupon_code_taken' });
  await execution.send(null, async (context) => deleteCoupon(context, 'location', first?.id ?? ''));
  expect(await dynamo.deliver()).toBe(0);
  expect(await execution.store.coupons(execution.merchant)).toEqual([]);
  expect(await create('SALE'), 'the code is free').toMatchObject({ status: 200 });
});

interface Kind {
  name: string;
  /** Makes one; the result is what it is deleted by. */
  make: Work<string>;
  remove(context: LedgerContext, made: string): Promise<unknown>;
  /** Whether there is one. */
  isThere(context: LedgerContext, made: string): Promise<boolean>;
  /** The refusal of the second deletion. */
  missing: string;
}

type Work<T> = (context: LedgerContext) => Promise<T>;

const OWNER = { location: 'location', app: 'app' };
const CARD = {
  holder: 'Jane Doe',
  number: { pan: '4548812049400004', cvv: '123' },
  expiryMonth: '12',
  expiryYear: '34',
  additional: null,
  origin: 'WEBSERVICE',
  customer: 'customer-1',
  validateWith: null,
};
const BANK = {
  customer: 'customer-1',
  holder: 'Jane Doe',
  iban: 'ES9030350000070000000202',
  additional: null,
};
const ADDRESS = {
  type: 'OTHER' as const,
  line1: 'Rúa Nova 1',
  line2: null,
  line3: null,
  city: 'Lugo',
  state: 'Lugo',
  country: 'ESP',
  postalCode: '27001',
  isDefault: true,
};
const PROVIDER = {
  name: 'Cards',
  description: 'Cards',
  paymentsUrl: 'https://provider.example/frame',
  queryUrl: 'https://provider.example/query',
  imageUrl: 'https://provider.example/logo.png',
  supportsSchedules: false,
};
const PRODUCT = { externalId: 'news', name: 'News', notifyUrl: null };
const PLAN = {
  externalId: 'daily',
  name: 'Daily',
  amount: 499,
  period: { count: 1, unit: 'day' as const },
  trial: { isOffered: false, count: null, unit: null },
  product: PRODUCT.externalId,
};
const DEVICE = { service: SERVICE.uuid, terminalId: 'T1', communication: 'SIMULATION' as const };

/** What can be deleted by a request or a command. */
const KINDS: readonly Kind[] = [
  {
    name: 'card',
    make: async (context) => (await saveCard(context, CARD)).card.uuid,
    remove: (context, card) => deleteCard(context, { card, customer: CARD.customer }),
    isThere: async ({ store, merchant }, card) =>
      (await store.read(merchant, { card })).card !== null,
    missing: 'card_not_found',
  },
  {
    name: 'bank account',
    make: async (context) => (await saveBank(context, BANK)).uuid,
    remove: (context, bank) => deleteBank(context, { bank, customer: BANK.customer }),
    isThere: async (context, uuid) =>
      (await fileOf(context, BANK.customer)).banks.some((one) => one.uuid === uuid),
    missing: 'bank_not_found',
  },
  {
    name: 'address',
    make: async (context) => (await createAddress(context, 'customer-1', ADDRESS)).uuid,
    remove: deleteAddress,
    isThere: async (context, uuid) =>
      (await fileOf(context, 'customer-1')).addresses.some((one) => one.uuid === uuid),
    missing: 'address_not_found',
  },
  {
    name: 'provider',
    make: async (context) => (await registerProvider(context, OWNER, PROVIDER)).id,
    remove: (context) => removeProvider(context, OWNER),
    isThere: async ({ store, merchant }, id) =>
      (await store.read(merchant, { customProvider: OWNER })).customProvider?.id === id,
    missing: 'provider_not_found',
  },
  {
    name: 'product',
    make: async (context) => (await createProduct(context, PRODUCT)).id,
    remove: (context) => deleteProduct(context, PRODUCT.externalId),
    isThere: async ({ store, merchant }, id) =>
      (await store.products(merchant)).some((one) => one.id === id),
    missing: 'product_not_found',
  },
  {
    name: 'plan',
    make: async (context) => (await createPlan(context, PLAN)).id,
    remove: (context) => deletePlan(context, PLAN.externalId),
    isThere: async ({ store, merchant }, id) =>
      (await store.plans(merchant)).some((one) => one.id === id),
    missing: 'plan_not_found',
  },
  {
    name: 'coupon',
    make: async (context) => (await createCoupon(context, 'location', couponDraft('SPRING'))).id,
    remove: (context, id) => deleteCoupon(context, 'location', id),
    isThere: async ({ store, merchant }, id) =>
      (await store.coupons(merchant)).some((one) => one.id === id),
    missing: 'coupon_not_found',
  },
  {
    name: 'terminal',
    make: async (context) =>
      (await createDevice(context, { ...DEVICE, id: idOfWork(context.work) })).id,
    remove: deleteDevice,
    isThere: async ({ store, merchant }, id) =>
      (await store.devices(merchant)).some((one) => one.id === id),
    missing: 'device_not_found',
  },
  {
    name: 'security list',
    make: async (context) =>
      (await createList(context, { color: 'black', enabled: true, description: 'Nobody' })).list
        .uuid,
    remove: deleteList,
    isThere: async (context, uuid) =>
      (await policyOf(context)).lists.some((one) => one.uuid === uuid),
    missing: 'security_list_not_found',
  },
];

/** Does a piece of work as a request of its own; the result is what it returns. */
async function done<T>(work: Work<T>): Promise<T> {
  const reply = await execution.send(null, async (context) => ({ made: await work(context) }));
  if (reply === 'crash' || reply.status !== 200) throw new Error(JSON.stringify(reply));
  return JSON.parse(reply.body).made;
}

describe.each(KINDS)('a deleted $name', ({ name, make, remove, isThere, missing }) => {
  beforeEach(async () => {
    if (name === 'plan') await done((context) => createProduct(context, PRODUCT));
  });

  test('is not there again when what made it arrives', async () => {
    holdBackOnce();
    const made = await done(make);
    expect(await done((context) => isThere(context, made))).toBe(true);
    await done((context) => remove(context, made));
    expect(await dynamo.deliver()).toBe(0);
    expect(await done((context) => isThere(context, made))).toBe(false);
    const again = await execution.send(null, (context) => remove(context, made));
    expect(again).toMatchObject({ status: 400, body: missing });
  });

  test('is deleted, though the answer to that is lost', async () => {
    const made = await done(make);
    const faults = ['answer_lost' as const];
    dynamo.onTransaction(() => faults.shift() ?? 'none');
    await done((context) => remove(context, made));
    expect(faults).toEqual([]);
    expect(await done((context) => isThere(context, made))).toBe(false);
  });

  test('can be made again, and stays when the deletion of the one before arrives', async () => {
    const first = await done(make);
    holdBackOnce();
    await done((context) => remove(context, first));
    const second = await done(make);
    expect(await dynamo.deliver()).toBe(0);
    expect(await done((context) => isThere(context, second))).toBe(true);
    await done((context) => remove(context, second));
    expect(await done((context) => isThere(context, second))).toBe(false);
  });

  test('is not there again when what made it again arrives', async () => {
    const first = await done(make);
    await done((context) => remove(context, first));
    // What has a name is refused first, for the deletion is in its place.
    holdBackOnce({ after: 1 });
    const second = await done(make);
    await done((context) => remove(context, second));
    expect(await dynamo.deliver()).toBe(0);
    expect(await done((context) => isThere(context, second))).toBe(false);
  });
});

test('a change does not arrive at what was deleted and made again', async () => {
  await done((context) => registerProvider(context, OWNER, PROVIDER));
  holdBackOnce();
  await done((context) => connectProvider(context, OWNER, { live: 'old keys' }));
  await done((context) => removeProvider(context, OWNER));
  await done((context) => registerProvider(context, OWNER, PROVIDER));
  expect(await dynamo.deliver()).toBe(0);
  const provider = await done((context) => getProvider(context, OWNER));
  expect(provider.keys).toEqual({ live: null, test: null });
});

test('a retry rule does not arrive after the next one', async () => {
  await done((context) => createProduct(context, PRODUCT));
  const set = (days: number) => done((context) => setRetryDays(context, PRODUCT.externalId, days));
  for (const [late, now] of [
    [5, 9],
    [7, 3],
  ] as const) {
    holdBackOnce();
    await set(late);
    await set(now);
    expect(await dynamo.deliver()).toBe(0);
    const product = await done((context) => getProduct(context, PRODUCT.externalId));
    expect(product.retryDays).toBe(now);
  }
});

test('a product that an earlier version wrote takes a retry rule', async () => {
  await done((context) => createProduct(context, PRODUCT));
  const client = dynamoClient(dynamo.engine);
  await client.send(
    new UpdateItemCommand({
      TableName: 'ledger',
      Key: keyOf({
        pk: `${prefix(execution.merchant)}#SUBSCRIPTION_PRODUCTS`,
        sk: PRODUCT.externalId,
      }),
      UpdateExpression: 'REMOVE changes',
      ConditionExpression: 'attribute_exists(changes)',
    }),
  );
  await done((context) => setRetryDays(context, PRODUCT.externalId, 5));
  await done((context) => setRetryDays(context, PRODUCT.externalId, 6));
  const product = await done((context) => getProduct(context, PRODUCT.externalId));
  expect(product.retryDays).toBe(6);
  client.destroy();
});

test('a retry rule does not arrive at a product that was deleted and made again', async () => {
  await done((context) => createProduct(context, PRODUCT));
  holdBackOnce();
  await done((context) => setRetryDays(context, PRODUCT.externalId, 5));
  await done((context) => deleteProduct(context, PRODUCT.externalId));
  const { id } = await done((context) => createProduct(context, PRODUCT));
  expect(await dynamo.deliver()).toBe(0);
  const product = await done((context) => getProduct(context, PRODUCT.externalId));
  expect(product).toMatchObject({ id });
  expect(product.retryDays).toBeUndefined();
});

test('an item that is listed again stays when its removal arrives', async () => {
  const draft = { color: 'black' as const, enabled: true, description: 'Nobody' };
  const { uuid } = (await done((context) => createList(context, draft))).list;
  const add = () =>
    done(async (context) => addItems(context, uuid, [{ type: 'CUSTOMER', value: 'customer-1' }]));
  await add();
  holdBackOnce();
  await done(async (context) => removeItems(context, uuid, ['customer-1']));
  expect(await execution.store.listItems(execution.merchant, uuid)).toEqual([]);
  await add();
  expect(await dynamo.deliver()).toBe(0);
  expect(await execution.store.listItems(execution.merchant, uuid)).toHaveLength(1);
});

test('a terminal that was busy is not deleted when the refused deletion arrives', async () => {
  const device = await done((context) =>
    createDevice(context, { ...DEVICE, id: idOfWork(context.work) }),
  );
  const task = { device: device.id, order: 'ORDER', transaction: 'TRANSACTION' };
  await execution.store.commit(execution.merchant, [{ change: 'device_taken', ...task }]);
  holdBackOnce();
  const refused = await execution.send(null, (context) => deleteDevice(context, device.id));
  expect(refused).toMatchObject({ status: 400, body: 'device_busy' });
  const found = await execution.store.taskOfDevice(execution.merchant, device.id);
  expect(found, 'it is busy with the same').toEqual({ order: 'ORDER', transaction: 'TRANSACTION' });
  await execution.store.commit(execution.merchant, [{ change: 'device_freed', ...task }]);
  expect(await dynamo.deliver()).toBe(0);
  expect(await execution.store.devices(execution.merchant)).toHaveLength(1);
  const taking = execution.store.commit(execution.merchant, [{ change: 'device_taken', ...task }]);
  await expect(taking).resolves.toBeUndefined();
});

test('a terminal is freed only by the transaction that has it', async () => {
  const { id: device } = await done((context) =>
    createDevice(context, { ...DEVICE, id: idOfWork(context.work) }),
  );
  const { store, merchant } = execution;
  const task = { order: 'ORDER', transaction: 'TRANSACTION' };
  await store.commit(merchant, [{ change: 'device_taken', device, ...task }]);
  const free = { change: 'device_freed' as const, device, transaction: 'ANOTHER' };
  await expect(store.commit(merchant, [free])).rejects.toThrow(LostRace);
  expect(await store.taskOfDevice(merchant, device)).toEqual(task);
});

test('nobody can take a terminal that was deleted', async () => {
  const device = await done((context) =>
    createDevice(context, { ...DEVICE, id: idOfWork(context.work) }),
  );
  await done((context) => deleteDevice(context, device.id));
  const task = { device: device.id, order: 'ORDER', transaction: 'TRANSACTION' };
  const taking = execution.store.commit(execution.merchant, [{ change: 'device_taken', ...task }]);
  await expect(taking).rejects.toThrow('device_busy');
});

describe('a customer who was forgotten', () => {
  const make = () => done(async (context) => createCustomer(context, 'customer-1'));
  const found = async () => {
    const { customer } = await execution.store.read(execution.merchant, { customer: 'customer-1' });
    return customer;
  };
  const forget = async () => {
    const version = (await found())?.version ?? null;
    const change = { change: 'customer_deleted' as const, customer: 'customer-1', version };
    await execution.store.commit(execution.merchant, [change]);
  };

  test('is not known again when what made the customer arrives', async () => {
    // The customer is written by itself, after the rest.
    holdBackOnce({ after: 1 });
    await make();
    expect(await found()).not.toBeNull();
    await forget();
    expect(await dynamo.deliver()).toBe(0);
    expect(await found()).toBeNull();
  });

  test('can be one again, and stays when what forgot the one before arrives', async () => {
    await make();
    holdBackOnce();
    await forget();
    expect(await found()).toBeNull();
    await makeElsewhere();
    expect(await dynamo.deliver()).toBe(0);
    expect(await found()).toMatchObject({ externalId: 'customer-1' });
    await forget();
    expect(await found()).toBeNull();
  });

  test.each(['nobody', 'one whom an earlier version wrote'])(
    'can be one again where %s was',
    async (who) => {
      const value = { externalId: 'customer-1', createdAt: '2026-05-01T00:00:00.000Z' };
      const key = { pk: `${prefix(execution.merchant)}#CUSTOMER#customer-1`, sk: 'CUSTOMER' };
      const client = dynamoClient(dynamo.engine);
      if (who !== 'nobody') {
        await client.send(new PutItemCommand({ TableName: 'ledger', Item: item(key, value) }));
        expect(await found()).toEqual(value);
      }
      holdBackOnce();
      await forget();
      expect(await found()).toBeNull();
      await forget();
      await make();
      expect(await dynamo.deliver()).toBe(0);
      expect(await found()).toMatchObject({ externalId: 'customer-1' });
      client.destroy();
    },
  );

  /** An instance that has written a customer does not write the same one again. */
  async function makeElsewhere(): Promise<void> {
    const client = dynamoClient(dynamo.engine);
    const customer = { externalId: 'customer-1', createdAt: '2026-05-02T00:00:00.000Z' };
    await ledgerStore(client, 'ledger').commit(execution.merchant, [
      { change: 'customer', customer },
    ]);
    client.destroy();
  }
});

test('a template that was deleted is not there again when what made it arrives', async () => {
  const templates = new TemplateStore(dynamoClient(dynamo.endpoint), 'access');
  const draft = { name: 'Shop', accent: '#1d4ed8', logo: null };
  holdBackOnce();
  const { uuid } = await addTemplate(templates, execution.merchant, draft);
  expect(await templates.list(execution.merchant)).toHaveLength(1);
  await removeTemplate(templates, execution.merchant, uuid);
  expect(await dynamo.deliver()).toBe(0);
  expect(await templates.list(execution.merchant)).toEqual([]);
});

describe('what was refused of an order', () => {
  let held: Awaited<ReturnType<Execution['seed']>>;
  let other: typeof held;

  const pay = ({ order, card }: typeof held) => {
    const ids = { order: order.uuid, card: card.uuid, ip: null };
    return execution.send(null, (context) => charge(context, ids));
  };
  const freeReference = () =>
    execution.send(null, (context) => release(context, { order: held.order.uuid }));

  beforeEach(async () => {
    held = await execution.seed({ intent: 'hold', reference: 'invoice-1' });
    other = await execution.seed({ reference: 'invoice-1' });
    expect(await pay(held)).toMatchObject({ status: 200 });
  });

  async function expectPaidOnce(): Promise<void> {
    const { order } = await execution.store.read(execution.merchant, { order: other.order.uuid });
    expect(order).toMatchObject({ captured: 1000, transactions: [{ status: 'succeeded' }] });
    await expectBooksAgree(execution);
  }

  test('is not done when its first send arrives', async () => {
    holdBackOnce();
    expect(await pay(other)).toMatchObject({ status: 400, body: 'reference_already_paid' });
    await freeReference();
    expect(await dynamo.deliver()).toBe(0);
    expect(await pay(other), 'the reference is free').toMatchObject({ status: 200 });
    await expectPaidOnce();
  });

  test.each(['none', 'conflict'] as const)(
    'is done when its first send arrives before it is made sure of (%s)',
    async (fault) => {
      const steps = ['first send', 'second send', 'making sure'];
      dynamo.onTransaction(async () => {
        const step = steps.shift();
        if (step === 'first send') return 'arrives_later';
        if (step !== 'making sure') return 'none';
        await freeReference();
        expect(await dynamo.deliver()).toBe(1);
        return fault;
      });
      expect(await pay(other)).toMatchObject({ status: 200 });
      expect(steps).toEqual([]);
      await expectPaidOnce();
    },
  );
});
