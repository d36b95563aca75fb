import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Fields } from '#faces/pages/views/card-form.ts';
import { languageFor } from '#faces/pages/views/language.ts';
import type { Page } from '#faces/pages/views/layout.ts';
import { lookOf } from '#faces/pages/views/look.ts';
import { plainPage, resultPage } from '#faces/pages/views/result-page.ts';
import { testCardsFor } from '#faces/pages/views/test-cards.ts';
import type { OrderView } from '#faces/pages/views/view.ts';
import type { PaylandsDeclaration } from '#faces/paylands/declaration.ts';
import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import { DEFAULT_TEMPLATE } from '#ledger/core/template.ts';
import type { Order } from '#ledger/orders/order.ts';
import { expireOrder } from '#ledger/orders/order-commands.ts';
import type { Payer } from '#ledger/payments/payer.ts';
import { type DeclaredFunction, REQUEST_SECONDS } from '#operation/declare/declaration.ts';
import { execute } from '#operation/execution/execute.ts';
import { RequestError } from '#operation/http/errors.ts';
import { type Caller, callerOf, type Exchange } from '#operation/http/exchange.ts';
import { type Runtime, runtime } from '#operation/runtime/runtime.ts';
import { type Place, shopUrl, stepOf } from './buyer-step.ts';
import { findOrder } from './find-order.ts';
import { shopsOf } from './framed-by.ts';
import { pageOperation } from './operation.ts';
import type { PageReply } from './page-reply.ts';
import { payerOf } from './payer.ts';

/** The pages of an order, by the last part but one of their address. */
export type PageName = 'process' | 'tokenized' | 'bizum' | 'checkout';

/** A request for a page of an order. */
export interface PageRequest {
  order: Order;
  merchant: Merchant;
  view: OrderView;
  fields: Fields;
  payer: Payer;
  runtime: Runtime;
  /** The address of a page of the same order, in the same language and theme. */
  addressOf(page: PageName): string;
}

type Spec = Pick<PaylandsDeclaration, 'name' | 'summary' | 'grants'> & {
  route: `${'GET' | 'POST'} /payment/${PageName}/{token}`;
  /** What is wrong with a form; nothing has happened yet. */
  check?(request: PageRequest): Promise<Page | null>;
  /** What the page does, run like every operation: again after a lost race, once per attempt. */
  handle(request: PageRequest, context: LedgerContext): Promise<PageReply>;
};

/** The buyer of an order, whom its token lets in. */
interface Buyer extends Caller {
  order: Order;
}

/**
 * Declares a page of an order (contract G), which its token opens. A form carries the attempt that
 * it was shown with as its idempotency key, so that sending it twice is sending it once.
 */
export function orderPage(spec: Spec): DeclaredFunction<PaylandsDeclaration> {
  const { check, handle, grants, ...rest } = spec;
  return pageOperation<Buyer>({
    timeoutSeconds: REQUEST_SECONDS,
    path: z.object({ token: z.string() }),
    errors: [
      'page_leads_on',
      'page_not_found',
      ...(check === undefined ? [] : (['form_not_valid'] as const)),
    ],
    ...rest,
    // The order's merchant is looked up, and its signature decrypted.
    grants: { access: 'read', key: true, ...grants },
    steps: [letIn],
    async respond(exchange) {
      const request = await requestOf(exchange);
      const problems = check === undefined ? null : await check(request);
      return problems === null ? run(exchange, request, handle) : { page: problems };
    },
  });
}

/** @throws RequestError 404 for a token that opens no order */
async function letIn(exchange: Exchange<Buyer>): Promise<void> {
  const { event, environment } = exchange;
  const token = event.pathParameters?.token ?? '';
  const found = await findOrder(runtime(), environment, token);
  if (found === null) throw new RequestError(404, 'Token is unknown');
  exchange.caller = found;
  exchange.input.path = { token };
  const { order, merchant } = found;
  Object.assign(exchange.log, { merchant: merchant.merchant, order: order.uuid });
}

async function requestOf(exchange: Exchange<Buyer>): Promise<PageRequest> {
  const { event } = exchange;
  const { order, merchant } = callerOf(exchange);
  return {
    order,
    merchant,
    fields: exchange.body as Fields,
    view: await viewOf(event, order, merchant),
    payer: payerOf(event),
    runtime: runtime(),
    addressOf: (page) => addressOf(event, page, event.pathParameters?.token ?? ''),
  };
}

async function viewOf(
  event: APIGatewayProxyEventV2,
  order: Order,
  merchant: Merchant,
): Promise<OrderView> {
  const { lang } = event.queryStringParameters ?? {};
  const named = await runtime().templates.findNamed(merchant, order.template);
  const template = named ?? DEFAULT_TEMPLATE;
  const isSandbox = merchant.environment === 'sandbox';
  return {
    order,
    merchant: merchant.name,
    isSandbox,
    template,
    look: lookOf(event),
    framedBy: shopsOf(order, template),
    timeZone: merchant.timeZone,
    testCards: isSandbox ? testCardsFor(order) : [],
    language: languageFor(lang, event.headers['accept-language'], order.language),
    attempt: randomBytes(16).toString('hex'),
  };
}

/** What else an address says is not repeated. */
const LANGUAGE = /^[a-z]{2,3}([-_.@][a-z]{0,16}\d{0,3}){0,4}$/i;
const THEME = /^(light|dark)$/;

function addressOf(event: APIGatewayProxyEventV2, page: PageName, token: string): string {
  const base = event.rawPath.slice(0, event.rawPath.indexOf('/payment/'));
  const { lang = '', theme = '' } = event.queryStringParameters ?? {};
  const kept = new URLSearchParams({
    ...(LANGUAGE.test(lang) && { lang }),
    ...(THEME.test(theme) && { theme }),
  });
  return `${base}/payment/${page}/${token}${kept.size === 0 ? '' : `?${kept}`}`;
}

async function run(
  exchange: Exchange,
  request: PageRequest,
  handle: Spec['handle'],
): Promise<PageReply> {
  const { rawPath, rawQueryString } = exchange.event;
  const isPost = exchange.event.requestContext.http.method === 'POST';
  // A page that sent its reader to itself would do so for ever.
  const self = isPost
    ? { redirect: rawQueryString === '' ? rawPath : `${rawPath}?${rawQueryString}` }
    : { page: resultPage(request.view, 'closed') };
  try {
    const { body } = await execute(runtime(), exchange, {
      async handle(context) {
        const { order } = await context.store.read(request.merchant, { order: request.order.uuid });
        if (order === null) throw new LedgerError('order_not_found', request.order.uuid);
        const view = { ...request.view, order };
        const reply = await handle({ ...request, order, view }, context);
        return { status: 200, body: JSON.stringify(reply) };
      },
      refuse: (error) => ({ status: 200, body: JSON.stringify(refusal(error, request, self)) }),
    });
    return JSON.parse(body);
  } catch (error) {
    // The same form was sent before, or is being worked on: the page itself says what became of it.
    const isRepeated = error instanceof RequestError && [409, 422].includes(error.status);
    if (isRepeated) return self;
    throw error;
  }
}

/** What the order's own page tells better is left to it. */
function refusal(error: LedgerError, { view, addressOf }: PageRequest, self: PageReply): PageReply {
  switch (error.code) {
    // The card that the order names was deleted since: its buyer types one in.
    case 'card_not_found':
      return { redirect: addressOf('process') };
    case 'reference_already_paid':
    case 'service_not_found':
      return { page: resultPage(view, 'closed') };
    case 'acquirer_not_configured':
      return { page: plainPage(view.language, 'failed', 503, view.look) };
    default:
      return self;
  }
}

/** Closes an order whose time has come before anything else happens to it. */
export function current(request: PageRequest, context: LedgerContext): Order {
  return expireOrder(context, request.order);
}

/** Sends a buyer where the order's state belongs; `form` is the page that takes its data. */
export function lead(
  request: PageRequest,
  context: LedgerContext,
  order: Order,
  form: PageName,
): PageReply {
  const place = stepOf(order, isoNow(context));
  if (place === 'form') return { redirect: request.addressOf(form) };
  if (place === 'authentication') return { redirect: request.addressOf('tokenized') };
  return outcome(request, order, place);
}

/** Shows what became of an order, or sends its buyer back to the shop. */
export function outcome(
  request: PageRequest,
  order: Order,
  place: Exclude<Place, 'form' | 'authentication'>,
): PageReply {
  const url = shopUrl(order, place);
  if (url !== null) return { redirect: url };
  const isPost = request.fields.attempt !== undefined;
  if (isPost) return { redirect: request.addressOf('process') };
  return { page: resultPage({ ...request.view, order }, place) };
}
