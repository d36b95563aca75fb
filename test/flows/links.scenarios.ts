import { expect } from 'vitest';
import { createOrder, onOrder, paid, type Scenario, step } from './scenario.ts';

const before = [step('order', createOrder())];
const link = (fields: object = {}) =>
  onOrder('sendOrderLink', { destination: 'jane@example.com', subject: 'Your order', ...fields });

/** Contract C.3, sendOrderLink. */
export const linkScenarios: Scenario[] = [
  { title: 'sends a mail', before, request: link(), status: 200, body: { delivery: true } },
  {
    title: 'sends an SMS with another look and in another language',
    before,
    request: link({ destination: '+34600000000', template_uuid: '$unknown', language: 'en' }),
    status: 200,
    body: { delivery: true },
  },
  {
    title: 'takes a locale for a language',
    before,
    request: link({ language: 'pt_PT' }),
    status: 200,
    body: { delivery: true },
  },
  {
    title: "sends an SMS to a number of the merchant's country without its prefix",
    before,
    request: link({ destination: '600 00 00 00' }),
    status: 200,
    body: { delivery: true },
  },
  {
    title: 'sends no SMS to a number that is none there',
    before,
    request: link({ destination: '12345' }),
    status: 400,
    body: { details: expect.stringMatching(/^destination is no telephone number of ES/) },
  },
  {
    title: 'sends nothing to nobody',
    before,
    request: link({ destination: 'jane' }),
    status: 400,
    body: { details: 'Field destination is not valid' },
  },
  {
    title: 'sends nothing for what is paid',
    before: paid(),
    request: link(),
    status: 400,
    body: { details: 'Order cannot be paid any more' },
  },
  {
    title: 'sends nothing for an order that is unknown',
    before,
    request: link({ order_uuid: '$unknown' }),
    status: 404,
  },
];
