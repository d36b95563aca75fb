import { cardData, customerOf, markerOf, newOrder } from './drafts.ts';
import { IBAN, providerDraft } from './registers.ts';
import type { Till } from './till.ts';

/** Longer than any request that was sent before is still on its way. */
const SETTLED_MS = 180_000;

const DELETIONS = [
  ...[deleteCard, deleteCard],
  ...[deleteAccount, deletePart, deletePart],
  ...[deleteCoupon, deletePlan],
  ...[deleteProvider, deleteProvider],
] as const;

/** Makes something and deletes it for good. What made it must not be repeated later, with a key. */
export function cleanUp(till: Till): Promise<void> {
  return till.random.pick(DELETIONS)(till.withoutKeys());
}

/** At times while it pays. */
async function deleteCard(till: Till): Promise<void> {
  const { random } = till;
  const customer = customerOf(till);
  const order = await newOrder(till, { customer, operative: 'AUTHORIZATION' });
  const saved = { ...cardData(till), customer_ext_id: customer };
  const card = (await till.paylands('/payment-method/card', saved))?.Source.uuid;
  if (order === null || card === undefined) return;
  const pay = async () => {
    const charge = { order_uuid: order.uuid, card_uuid: card };
    await till.paylands('/payment/direct', charge, `pay ${order.uuid}`);
  };
  const remove = async () => {
    const body = { card_uuid: card, customer_external_id: customer };
    await till.delete('/payment-method/card', body, `uncard ${card}`);
  };
  if (random.chance(0.5)) await Promise.all([pay(), remove()]);
  else await remove();
}

async function deleteAccount(till: Till): Promise<void> {
  const customer = customerOf(till);
  const marker = markerOf(till);
  const account = { account_holder: marker, iban: IBAN, customer_ext_id: customer };
  // Another holder of the same account would take its place.
  const own = { ...account, customer_ext_id: `owner-${marker}` };
  const saved = await till.paylands('/payment-method/bank', own);
  if (saved === null) return;
  const body = { source_uuid: saved.Source.uuid, customer_ext_id: own.customer_ext_id };
  await till.delete('/payment-method/bank', body, `gone ${saved.Source.uuid}`);
}

/** An address, or an account to be paid to, of a customer of whom others keep things too. */
async function deletePart(till: Till): Promise<void> {
  const external_id = customerOf(till);
  const isAddress = till.random.chance(0.5);
  const made = isAddress
    ? await till.paylands('/customer/address', { ...ADDRESS, external_id })
    : await till.paylands('/customer/account', { ...ACCOUNT, external_id });
  const uuid = (made?.customer_address ?? made?.customer_account)?.uuid;
  if (uuid === undefined) return;
  const path = isAddress ? '/customer/address' : '/customer/account';
  if (till.random.chance(0.3)) {
    await till.put(path, { ...(isAddress ? ADDRESS : ACCOUNT), external_id, uuid });
  }
  await till.delete(path, { uuid }, `gone ${uuid}`);
}

const ADDRESS = {
  address1: 'Rúa Nova 1',
  city: 'Lugo',
  state_code: 'Lugo',
  country: 'ESP',
  zip_code: '27001',
  default: true,
};
const ACCOUNT = { account_type: 'ACCOUNT_NUMBER', account_number: '100169168' };

/** Others of the app may register another one in its place. */
async function deleteProvider(till: Till): Promise<void> {
  const path = `/payments/custom-provider/provider?locationId=${till.shop.location}`;
  const app = { token: till.shop.appToken };
  const made = await till.highLevel(path, providerDraft(till), [], app);
  if (made === null) return;
  await till.highLevel(path, {}, [`unprovider ${made._id}`], { ...app, method: 'DELETE' });
}

async function deleteCoupon(till: Till): Promise<void> {
  const { shop } = till;
  const name = markerOf(till);
  const place = { altId: shop.location, altType: 'location' };
  const coupon = {
    ...place,
    name,
    code: `CODE-${name}`,
    discountType: 'percentage',
    discountValue: 10,
    startDate: till.timeIn(0),
  };
  const made = await till.highLevel('/payments/coupon', coupon, []);
  if (made === null) return;
  const body = { ...place, id: made._id };
  await till.highLevel('/payments/coupon', body, [`gone ${made._id}`], { method: 'DELETE' });
}

async function deletePlan(till: Till): Promise<void> {
  const external_id = markerOf(till);
  const product = { external_id, name: 'News', notification_url: 'https://shop.example/charged' };
  await till.paylands('/subscriptions/product', product);
  const plan = { amount: 499, interval: 1, interval_type: 'DAILY', external_id, name: 'Daily' };
  await till.paylands('/subscriptions/plan', { ...plan, product: external_id });
  await till.wait(SETTLED_MS);
  const answer = await till.delete(`/subscriptions/plan/${external_id}`);
  if (answer === null) return;
  await till.delete(`/subscriptions/product/${external_id}`, {}, `gone ${external_id}`);
}
