import type { Demo } from '#infra/local/demo.ts';

/** An answer of the Paylands face. */
export interface Answer {
  status: number;
  body: {
    code: number;
    details?: string;
    order?: { uuid: string; status: string; token: string };
    Source?: { uuid: string };
  };
}

/** Sends a request of the demo merchant to the sandbox; a body makes it a signed POST. */
export async function call(demo: Demo, path: string, body?: object): Promise<Answer> {
  const { baseUrl, apiKey, signature } = demo.paylands;
  const response = await fetch(baseUrl + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify({ signature, ...body }) }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

/** Creates an order of 10.50 EUR; the result is its uuid. */
export async function createOrder(demo: Demo, fields: object = {}): Promise<string> {
  const { body } = await call(demo, '/payment', {
    amount: 1050,
    operative: 'AUTHORIZATION',
    customer_ext_id: 'user42',
    service: demo.paylands.services.paylands,
    description: 'Coffee beans',
    ...fields,
  });
  if (body.order === undefined) throw new Error(`No order was created: ${body.details}`);
  return body.order.uuid;
}
