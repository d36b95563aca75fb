import { expect, test } from 'vitest';
import { isNamed, searchTextOf, wordsOf } from '#ledger/orders/order-lists.ts';
import { DIRECT_CHANNEL } from '#ledger/purchases/purchase.ts';
import { newOrder } from '#test/support/orders.ts';

const order = (description: string) => newOrder({ description });

test.each([
  ['José Núñez'.normalize('NFD'), 'JOSÉ NÚÑEZ'.normalize('NFC')],
  ['José Núñez'.normalize('NFC'), 'josé núñ'.normalize('NFD')],
  ['İstanbul', 'istanbul'],
  ['ISTANBUL', 'İst'],
  ['ΓΙΩΡΓΟΣ Παπαδόπουλος', 'γιωργο παπ'],
  ['王小明', '王'],
  ['Ｆｕｌｌ ﬁnn', 'full FINN'],
  ["O'Brien", "o'brien"],
  ['क्षत्रिय', 'क्षत्रिय'],
])('%s is found by %s', (name, text) => {
  expect(isNamed(order(name), text)).toBe(true);
});

test('a buyer is among the first words, however much there is to say of the order', () => {
  const contact = { id: 'c', name: 'Ada Byron', email: 'ada@shop.example', details: {} };
  const purchase = {
    contact,
    channel: DIRECT_CHANNEL,
    items: [],
    summary: { subtotal: 0, discount: 0, tax: null, shipping: null },
    taxes: [],
    coupon: null,
    subscription: null,
    createdBy: null,
  };
  const long = newOrder({
    description: 'one two three four five six seven eight nine ten',
    purchase,
  });
  expect(wordsOf(searchTextOf(long)).slice(0, 3)).toEqual(['ada', 'byron', 'ada@shop.example']);
});
