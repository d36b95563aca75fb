import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { withoutCardNumbers } from '#ledger/cards/card-numbers.ts';
import type { Browser, Payer } from '#ledger/payments/payer.ts';

/** Orders keep it with each payment, and their size is limited. */
const MAX_USER_AGENT = 255;

/** What browsers say of themselves with every request, the same each time. */
const HEADERS = [
  'user-agent',
  'accept-language',
  'sec-ch-ua',
  'sec-ch-ua-mobile',
  'sec-ch-ua-platform',
];

/** Who sent a form of a page. */
export function payerOf(event: Pick<APIGatewayProxyEventV2, 'headers' | 'requestContext'>): Payer {
  return { ip: event.requestContext.http.sourceIp, browser: browserOf(event.headers) };
}

function browserOf(headers: APIGatewayProxyEventV2['headers']): Browser | null {
  const printable = (headers['user-agent'] ?? '').replace(/[^\x20-\x7e]/g, '').trim();
  if (printable === '') return null;
  const said = HEADERS.map((name) => headers[name] ?? null);
  const digest = createHash('sha256').update(JSON.stringify(said)).digest();
  return {
    // A number of 32 bits, as the vendor's are (contract B.2).
    fingerprint: String(digest.readUInt32BE(0)),
    userAgent: withoutCardNumbers(printable).slice(0, MAX_USER_AGENT),
  };
}
