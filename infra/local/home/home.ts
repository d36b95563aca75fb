import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tapDevice } from '#administration/device-taps.ts';
import { readBody } from '#infra/local/body.ts';
import { DEMO, type Demo } from '#infra/local/demo.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { centsOf, createDemoOrder, RECEIVER_PATH, sendToTerminal } from './demo-calls.ts';
import { readLive } from './live.ts';
import { homePage, liveParts } from './page.ts';
import { homeScript } from './script.ts';
import { isOwnOrigin } from './visitor.ts';

/** What the home page works with. */
export interface Home {
  demo: Demo;
  runtime: Runtime;
  mailboxFile: string;
}

type Route = (home: Home, request: IncomingMessage, response: ServerResponse) => Promise<void>;

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /': sendPage,
  'GET /home/live.json': sendLive,
  'POST /home/orders': fromOwnPage(createOrder),
  'POST /home/terminal/payment': fromOwnPage(payAtTerminal),
  'POST /home/terminal': fromOwnPage(tap),
  // Changes nothing, so whoever likes may send to it.
  [`POST ${RECEIVER_PATH}`]: async (_home, _request, response) => sendJson(response, 200, {}),
};

/** What answers a request for the home page or a part of it; null when it is for something else. */
export function homeRoute(home: Home, method: string, path: string) {
  const route = ROUTES[`${method} ${path}`];
  if (route === undefined) return null;
  return (request: IncomingMessage, response: ServerResponse) => route(home, request, response);
}

async function sendPage(home: Home, _request: IncomingMessage, response: ServerResponse) {
  const { demo, runtime, mailboxFile } = home;
  const [live, script] = await Promise.all([readLive(runtime, DEMO, mailboxFile), homeScript()]);
  const { SANDBOX_UNKNOWN_CARD } = runtime.settings;
  const { document, policy } = homePage(demo, live, script, SANDBOX_UNKNOWN_CARD);
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(document),
    'content-security-policy': policy,
    // Forms must say where they come from, which they do not under a stricter policy.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(document);
}

async function sendLive(home: Home, request: IncomingMessage, response: ServerResponse) {
  const live = await readLive(home.runtime, DEMO, home.mailboxFile);
  const body = JSON.stringify(liveParts(live));
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  response.setHeader('etag', etag).setHeader('cache-control', 'private, no-cache');
  if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
  else sendText(response, 200, body);
}

/** The answer of a form that changes something: a problem, or where to go on. */
type Answer = { problem: string } | { problem: null; next: string };

type Change = (home: Home, fields: URLSearchParams) => Promise<Answer>;

/** Forms of other sites' pages could send money around, or fill the ledger, from a browser here. */
function fromOwnPage(change: Change): Route {
  return async (home, request, response) => {
    if (!isOwnOrigin(request.headers)) {
      sendJson(response, 403, { message: 'Only the home page of this server may ask for this' });
      return;
    }
    const body = await readBody(request);
    if (body === 'aborted') return;
    const text = Buffer.isBuffer(body) ? body.toString() : '';
    const answer = await change(home, new URLSearchParams(text));
    if (answer.problem !== null) sendJson(response, 400, { message: answer.problem });
    else if (request.headers.accept === 'application/json') sendJson(response, 200, {});
    else response.writeHead(303, { location: answer.next, 'content-length': 0 }).end();
  };
}

const NO_AMOUNT = { problem: 'The amount is a number such as 10.50' };

const PAGES: readonly string[] = ['process', 'bizum', 'checkout'];

async function createOrder({ demo }: Home, fields: URLSearchParams): Promise<Answer> {
  const amount = centsOf(fields.get('amount') ?? '');
  if (amount === null) return NO_AMOUNT;
  const page = fields.get('page') ?? '';
  if (!PAGES.includes(page)) return { problem: `page is one of ${PAGES.join(', ')}` };
  const said = await createDemoOrder(demo, { amount, secure: fields.get('secure') === 'yes' });
  if (said.problem !== null) return said;
  return { problem: null, next: `/v1/sandbox/payment/${page}/${said.token}` };
}

const AT_TERMINAL = { problem: null, next: '/#terminal' };

async function payAtTerminal({ demo }: Home, fields: URLSearchParams): Promise<Answer> {
  const amount = centsOf(fields.get('amount') ?? '');
  if (amount === null) return NO_AMOUNT;
  const what = fields.get('what') === 'preauth' ? 'preauth' : 'payment';
  const device = fields.get('device') ?? '';
  const said = await sendToTerminal(demo, { amount, device, what });
  return said.problem === null ? AT_TERMINAL : said;
}

async function tap({ runtime }: Home, fields: URLSearchParams): Promise<Answer> {
  const wanted = fields.get('tap');
  if (wanted !== 'accept' && wanted !== 'refuse' && wanted !== 'remove') {
    return { problem: 'tap is one of accept, refuse, remove' };
  }
  const [device, transaction] = [fields.get('device') ?? '', fields.get('transaction') ?? ''];
  const isFirst = await tapDevice(runtime, DEMO, { device, transaction, tap: wanted });
  return isFirst ? AT_TERMINAL : { problem: 'The terminal had decided already' };
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  sendText(response, status, JSON.stringify(body));
}

function sendText(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
