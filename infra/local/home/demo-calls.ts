import type { Demo } from '#infra/local/demo.ts';

/** What the API said to a request of the demo merchant. */
export type Said = { problem: string } | { problem: null; token: string | null };

/** An amount as people write it, in cents; null when it is none. */
export function centsOf(text: string): number | null {
  const [, whole = '', cents = ''] = /^(\d{1,6})(?:[.,](\d{1,2}))?$/.exec(text.trim()) ?? [];
  const amount = Number(whole) * 100 + Number(cents.padEnd(2, '0'));
  return whole === '' || amount === 0 ? null : amount;
}

/** Creates an order as a shop would. */
export function createDemoOrder(
  demo: Demo,
  { amount, secure }: { amount: number; secure: boolean },
): Promise<Said> {
  return post(demo, '/payment', {
    amount,
    secure,
    operative: 'AUTHORIZATION',
    customer_ext_id: 'user42',
    service: demo.paylands.services.paylands,
    description: 'Coffee beans',
    url_post: receiverOf(demo),
  });
}

/** Sends a payment or a hold to a terminal as a till would. */
export function sendToTerminal(
  demo: Demo,
  { amount, device, what }: { amount: number; device: string; what: 'payment' | 'preauth' },
): Promise<Said> {
  return post(demo, `/posms/${what}`, {
    amount,
    device,
    description: 'At the till',
    url_post: receiverOf(demo),
  });
}

/** Where this server hears of its own orders, so that a notification has somewhere to go. */
export const RECEIVER_PATH = '/home/notifications';

function receiverOf({ url }: Demo): string {
  return url + RECEIVER_PATH;
}

/** Over HTTP with the demo's key and signature: the same way as any other client. */
async function post({ paylands }: Demo, path: string, fields: object): Promise<Said> {
  const { baseUrl, apiKey, signature } = paylands;
  const response = await fetch(baseUrl + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ signature, ...fields }),
  });
  const body = (await response.json()) as { details?: unknown; order?: { token: string | null } };
  if (response.ok && body.order !== undefined) return { problem: null, token: body.order.token };
  const { details } = body;
  const problem = typeof details === 'string' ? details : JSON.stringify(details ?? body);
  return { problem };
}
