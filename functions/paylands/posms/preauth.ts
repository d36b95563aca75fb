import { deviceOrderOperation } from '#faces/paylands/device-order.ts';

/** Contract C.12, preauth; the path is inferred. */
const operation = deviceOrderOperation({
  name: 'posPreauth',
  summary: 'Send a pre-authorisation to a terminal',
  routes: ['POST /posms/preauth'],
  operative: 'DEFERRED',
});

export default operation;
export const { handler } = operation;
