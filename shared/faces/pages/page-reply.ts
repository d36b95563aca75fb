import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type Language, languageFor } from '#faces/pages/views/language.ts';
import type { Page } from '#faces/pages/views/layout.ts';
import type { HttpReply } from '#operation/http/exchange.ts';

/** A page, where to go instead, or an answer to a script. */
export type PageReply = { page: Page } | { redirect: string } | { script: HttpReply };

/** The language of a page that belongs to no order. */
export function languageOf(event: APIGatewayProxyEventV2): Language {
  return languageFor(event.queryStringParameters?.lang, event.headers['accept-language']);
}

const HTML = 'text/html; charset=utf-8';

/** Addresses of pages are secrets, and what they show is out of date at once. */
const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** A page on the wire. */
export function httpReplyOf(reply: PageReply): HttpReply {
  if ('redirect' in reply) {
    const headers = { ...HEADERS, 'content-type': HTML, location: reply.redirect };
    return { status: 303, headers, body: '' };
  }
  if ('script' in reply) {
    return { ...reply.script, headers: { ...HEADERS, ...reply.script.headers } };
  }
  const { status, html, policy } = reply.page;
  const headers = {
    ...HEADERS,
    'content-type': HTML,
    'content-security-policy': policy,
  };
  return { status, headers, body: html };
}
