import { deviceOrderOperation } from '#faces/paylands/device-order.ts';

/** Contract C.12, payment. */
const operation = deviceOrderOperation({
  name: 'posPayment',
  summary: 'Send a payment to a terminal',
  routes: ['POST /posms/payment'],
  operative: 'AUTHORIZATION',
});

export default operation;
export const { handler } = operation;
