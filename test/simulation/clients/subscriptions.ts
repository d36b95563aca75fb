import { customerOf, markerOf, saveCard } from './drafts.ts';
import type { Till } from './till.ts';

/** All plans have the same price, so that the payments of a subscription can be told by it. */
const PLAN = { amount: 499, interval: 1, interval_type: 'DAILY' };

/** Sells a plan by the day to a customer, who may think better of it. */
export async function subscribe(till: Till): Promise<void> {
  const { random } = till;
  const customer = customerOf(till);
  const card = await saveCard(till, customer);
  const plan = await newPlan(till);
  if (card === null) return;
  const marker = markerOf(till);
  const body = {
    plan,
    customer,
    total_payment_number: random.int(1, 3),
    payment_attempts_limit: random.int(1, 2),
    additional_data: {
      operative: random.chance(0.2) ? 'DEFERRED' : 'AUTHORIZATION',
      source_uuid: card,
      customer_ext_id: customer,
      service: random.pick(till.shop.services),
      additional: marker,
      ...(random.chance(0.5) ? { url_post: 'https://shop.example/told' } : {}),
    },
    ...(random.chance(0.5) ? { initial_date: till.timeIn(random.int(5000, 60_000)) } : {}),
  };
  const asked = `subscribe ${marker}`;
  const answer = await till.paylands('/subscriptions/subscription', body, asked);
  if (answer === null || random.chance(0.7)) return;
  await till.wait(random.between(0, 40_000));
  const { id } = answer.subscription;
  const cancelled = await till.delete(`/subscriptions/subscription/${id}`);
  if (cancelled !== null) till.shop.cancelledAtMs.set(id, Date.now());
}

/** One of few plans, which tills make again and again. */
async function newPlan(till: Till): Promise<string> {
  const external_id = `plan-${till.random.int(1, 2)}`;
  const notification_url = 'https://shop.example/charged';
  await till.paylands('/subscriptions/product', { external_id, name: 'News', notification_url });
  await till.paylands('/subscriptions/plan', {
    ...PLAN,
    external_id,
    name: 'Daily',
    product: external_id,
  });
  return external_id;
}
