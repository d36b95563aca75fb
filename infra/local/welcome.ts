import type { Demo } from './demo.ts';

/** A test card that every demo service but Cashflows and Clearhaus approves without 3-D Secure. */
const TEST_CARD = { number: '5590337536718399', month: '12', year: '34', cvv: '123' };

/** What the server prints when it is ready. */
export function welcome(demo: Demo, dataDir: string): string {
  const { baseUrl, apiKey, signature, services } = demo.paylands;
  const { highlevel } = demo;
  return `Pasarela listens on ${demo.url} (data in ${dataDir}, documentation at ${demo.url}/docs)
Open ${demo.url} in a browser: credentials, a demo order to pay, a terminal to tap on, and what happens

Demo merchant, Paylands API, sandbox
  base URL   ${baseUrl}
  API key    ${apiKey}
  signature  ${signature}
  services   ${Object.entries(services)
    .map(([type, uuid]) => `${type} ${uuid}`)
    .join('\n             ')}

The same merchant, HighLevel API
  base URL   ${highlevel.baseUrl}
  location   ${highlevel.locationId}
  company    ${highlevel.companyId}
  token      ${highlevel.token}
  app token  ${highlevel.appToken}

Create an order, save a card and charge it (paste it into a shell):

${example(demo)}
`;
}

function example(demo: Demo): string {
  const { baseUrl, apiKey, signature, services } = demo.paylands;
  const { number, month, year, cvv } = TEST_CARD;
  const order = {
    signature,
    amount: 1050,
    operative: 'AUTHORIZATION',
    customer_ext_id: 'user42',
    service: services.paylands,
    description: 'Coffee beans',
  };
  const card = {
    signature,
    customer_ext_id: 'user42',
    card_holder: 'John Doe',
    card_pan: number,
    card_expiry_month: month,
    card_expiry_year: year,
    card_cvv: cvv,
  };
  return `post() { curl -sS -H 'Authorization: Bearer ${apiKey}' -H 'Content-Type: application/json' \\
  -d "$2" ${baseUrl}$1; }
ORDER=$(post /payment '${JSON.stringify(order)}' \\
  | sed 's/.*"order":{"uuid":"\\([^"]*\\).*/\\1/')
CARD=$(post /payment-method/card '${JSON.stringify(card)}' \\
  | sed 's/.*"Source":{[^}]*"uuid":"\\([^"]*\\).*/\\1/')
post /payment/direct '{"signature":"${signature}","order_uuid":"'$ORDER'","card_uuid":"'$CARD'"}'; echo`;
}
