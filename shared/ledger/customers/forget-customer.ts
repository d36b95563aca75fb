import type { Order, Transaction } from '#ledger/orders/order.ts';

/** The parts of `extra_data` that are personal (contract C.1.6). */
const PERSONAL = ['profile', 'address', 'billing_address', 'shipping_address', 'halcash'];

/**
 * The order without its buyer's personal data: names, addresses, telephones and card and account
 * holders are removed; amounts, references and what was sold are kept. `pseudonym` replaces the
 * customer's id, so that one customer's orders still belong together.
 */
export function withoutPerson(order: Order, pseudonym: string): Order {
  const { purchase } = order;
  return {
    ...order,
    customer: pseudonym,
    ip: null,
    extraData: impersonal(order.extraData),
    transactions: order.transactions.map(withoutPayer),
    cards: Object.fromEntries(
      Object.entries(order.cards).map(([uuid, card]) => [
        uuid,
        { ...card, holder: '', additional: null },
      ]),
    ),
    purchase:
      purchase?.contact == null
        ? purchase
        : { ...purchase, contact: { ...purchase.contact, name: null, email: null, details: {} } },
  };
}

/** What it was counted by names the customer and the address; nothing is counted back any more. */
function withoutPayer(transaction: Transaction): Transaction {
  const { browser: _browser, ...known } = transaction;
  const { conditions, manual, antifraud } = known;
  const { account } = conditions;
  const { bank: _bank, ...rest } = account ?? { method: '', phone: null };
  return {
    ...known,
    ip: null,
    conditions: { ...conditions, account: account === null ? null : { ...rest, phone: null } },
    ...(antifraud === undefined ? {} : { antifraud: { ...antifraud, counted: [] } }),
    ...(manual === undefined ? {} : { manual: { ...manual, notes: null, details: null } }),
  };
}

function impersonal(extraData: Order['extraData']): Order['extraData'] {
  if (extraData === null) return null;
  const kept = Object.entries(extraData).filter(([name]) => !PERSONAL.includes(name));
  const { highlevel, ...others } = Object.fromEntries(kept);
  if (typeof highlevel !== 'object' || highlevel === null) return others;
  const { contactSnapshot: _contact, ...sold } = highlevel as Record<string, unknown>;
  return { ...others, highlevel: sold };
}
