import type { Transaction } from '#ledger/orders/order.ts';
import type { ListItem } from '#ledger/security/list-item.ts';
import type { SecurityPolicy, VelocitySubject } from '#ledger/security/security-policy.ts';
import type { Guard } from '../clients/guard.ts';
import type { Shop } from '../clients/shop.ts';
import type { RestWithOrders } from './check-all.ts';
import { type StoredOrder, storedOf, storedUnder } from './stored.ts';

/** What lists and rules forbid was not done, counters have what was paid, lists agree with their items. */
export function checkSecurity(rest: RestWithOrders): void {
  const { world, shops, asks, orders } = rest;
  const policies = storedOf<SecurityPolicy>(world.engine, 'POLICY');
  for (const shop of shops) {
    const own = orders.filter(({ merchant }) => merchant === shop.tenant.merchant);
    const payments = own.flatMap((order) => order.transactions.map((one) => ({ order, one })));
    for (const finding of [
      ...forbidden(rest, shop, payments),
      ...wrongCounts(rest, shop, payments),
      ...tooMany(shop, payments),
      ...wrongItems(rest, shop, policies),
    ]) {
      world.fail(`${shop.tenant.merchant} ${finding}`);
    }
  }
  for (const ask of asks.of('list')) {
    const made = policies
      .flatMap(({ lists }) => lists)
      .filter(({ description }) => {
        return description === ask.split(' ')[1];
      });
    const { most } = asks.bounds(ask);
    // Some are deleted meanwhile.
    if (made.length > most)
      world.fail(`${ask}: asked for ${most} times, made ${made.length} times`);
  }
}

interface Payment {
  order: StoredOrder;
  one: Transaction;
}

/** Of what is never taken, or not like that, nothing has reached the acquirer. */
function forbidden({ world }: RestWithOrders, shop: Shop, payments: readonly Payment[]): string[] {
  const { guard } = shop;
  if (guard === null) return [];
  return payments.filter(isScreened).flatMap((payment) => {
    const { uuid, kind } = payment.one;
    const why = world.bank.book.has(uuid) ? whyForbidden(guard, payment) : null;
    return why === null ? [] : [`has sent the ${kind} ${uuid} of ${why}`];
  });
}

function whyForbidden({ pan, customer, strict }: Guard, { order, one }: Payment): string | null {
  const card = one.card === null ? null : (order.cards[one.card] ?? null);
  const isNever = card?.bin === pan.slice(0, 6) && card.last4 === pan.slice(-4);
  if (isNever || order.customer === customer) return 'what it never takes';
  if (strict === null) return null;
  if (order.amount > strict.most) return 'more than it takes';
  if (card === null) return null;
  if (card.country !== null && card.country !== strict.country) return 'a foreign card';
  const isUnsure = order.customer === strict.suspect && !one.conditions.authenticated;
  return isUnsure ? 'a suspect who was not authenticated' : null;
}

function isScreened({ one: { kind, conditions } }: Payment): boolean {
  const isByBuyer = conditions.channel === 'online' || conditions.channel === 'recurring';
  return (kind === 'sale' || kind === 'hold') && isByBuyer;
}

/** Of one card, address or customer no more was paid a day than is allowed. */
function tooMany({ guard }: Shop, payments: readonly Payment[]): string[] {
  if (guard === null) return [];
  const { subject, payments: most } = guard.limit;
  const paid = payments.filter(isScreened).flatMap((payment) => {
    const { status, createdAt, antifraud } = payment.one;
    const value = subjectOf(payment, subject);
    const isLimited = status === 'succeeded' && antifraud?.evaluation !== 'WHITELISTED';
    return isLimited && value !== null ? [`${value} on ${createdAt.slice(0, 10)}`] : [];
  });
  return [...Map.groupBy(paid, (name) => name)].flatMap(([name, { length }]) =>
    length <= most ? [] : [`has taken ${length} of ${most} payments of ${subject} ${name}`],
  );
}

function subjectOf({ order, one }: Payment, subject: VelocitySubject): string | null {
  if (subject === 'ip') return one.ip ?? order.ip;
  if (subject === 'customer') return order.customer;
  return one.card === null ? null : (order.cards[one.card]?.fingerprint ?? null);
}

/** A counter has what was paid of it, which is no more than is allowed a day. */
function wrongCounts(
  { world, asks }: RestWithOrders,
  shop: Shop,
  payments: readonly Payment[],
): string[] {
  const paid = new Map<string, number>();
  for (const { one } of payments) {
    if (one.status !== 'succeeded') continue;
    for (const { counter, day } of one.antifraud?.counted ?? []) {
      const name = `${counter} d${day}`;
      paid.set(name, (paid.get(name) ?? 0) + 1);
    }
  }
  const counted = countersOf(world, shop);
  // Payments of who was forgotten no longer say what they were counted by.
  const isExact = shop.persons.every((person) => asks.bounds(`gone ${person}`).most === 0);
  const most = shop.guard?.limit.payments ?? Number.POSITIVE_INFINITY;
  return [...new Set([...paid.keys(), ...counted.keys()])].flatMap((name) => {
    const [is = 0, should = 0] = [counted.get(name), paid.get(name)];
    return [
      ...(is === should || (is > should && !isExact) || isPast(name, counted)
        ? []
        : [`counts ${is} of ${should} payments of ${name.slice(0, 24)}`]),
      ...(should <= most
        ? []
        : [`has taken ${should} of ${most} payments of ${name.slice(0, 24)}`]),
    ];
  });
}

/**
 * Days that no rule looks at any more go with the next payment; one that is counted back later
 * leaves less than nothing there, which goes with the one after.
 */
function isPast(name: string, counted: ReadonlyMap<string, number>): boolean {
  const [counter] = name.split(' ');
  const isNewer = (other: string) => other.startsWith(`${counter} `) && other > name;
  return (counted.get(name) ?? 0) <= 0 && [...counted.keys()].some(isNewer);
}

function countersOf({ engine }: RestWithOrders['world'], { tenant }: Shop): Map<string, number> {
  const found = new Map<string, number>();
  for (const { pk, sk, ...attributes } of engine.tables.get('ledger')?.all() ?? []) {
    const [before = '', counter = ''] = (pk?.S ?? '').split('#VELOCITY#');
    if (sk?.S !== 'VELOCITY' || !before.endsWith(`#${tenant.merchant}`)) continue;
    for (const [day, { N }] of Object.entries(attributes)) {
      if (/^d\d{8}$/.test(day)) found.set(`${counter} ${day}`, Number(N));
    }
  }
  return found;
}

/** Every item is of a list that there is, and is found by what it stands for; nothing else is. */
function wrongItems(
  { world }: RestWithOrders,
  { tenant: { merchant } }: Shop,
  policies: readonly (SecurityPolicy & { merchant: string })[],
): string[] {
  const policy = policies.find((one) => one.merchant === merchant);
  const lists = new Set(policy?.lists.map(({ uuid }) => uuid));
  const items = storedUnder<ListItem>(world.engine, `#${merchant}#SECURITY_LIST#`);
  const memberships = new Set<string>();
  const findings: string[] = [];
  for (const { pk, lists: of } of world.engine.tables.get('ledger')?.all() ?? []) {
    const [, match = ''] = (pk?.S ?? '').split(`#${merchant}#LISTED#`);
    if (match === '') continue;
    for (const list of of?.SS ?? []) {
      memberships.add(`${list} ${match}`);
      if (!lists.has(list)) findings.push(`finds ${match} on a list that there is not`);
    }
  }
  for (const { pk, match } of items) {
    const list = pk.split('#').at(-1) ?? '';
    if (!lists.has(list)) findings.push(`keeps ${match} of a list that there is not`);
    if (!memberships.delete(`${list} ${match}`)) findings.push(`does not find ${match} of ${list}`);
  }
  return [...findings, ...[...memberships].map((one) => `finds ${one}, which is not listed`)];
}
