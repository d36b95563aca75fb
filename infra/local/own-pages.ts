import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Pages } from '#infra/openapi/pages.ts';
import { errorFields, type Log } from '#operation/runtime/log.ts';
import { type Home, homeRoute } from './home/home.ts';
import { isOwnHost } from './home/visitor.ts';
import { mailboxPages } from './mailbox.ts';
import { sendMessage } from './reply.ts';

/**
 * Answers what only a local server has (its home page, the mailbox, the documentation), and hands
 * everything else on. These pages show credentials, so they are not for the pages of others.
 */
export function ownPages(home: Home, docs: Pages, next: RequestListener, log: Log) {
  const mailbox = mailboxPages(home.mailboxFile);
  const { PUBLIC_URL = home.demo.url } = home.runtime.settings;
  const find = (request: IncomingMessage) => {
    const path = request.url?.split('?', 1)[0] ?? '';
    if (path.startsWith('/mailbox')) return mailbox;
    return homeRoute(home, request.method ?? 'GET', path);
  };
  return (request: IncomingMessage, response: ServerResponse): void => {
    const page = find(request);
    const isDocs = request.url?.startsWith('/docs') === true;
    if (page === null && !isDocs) {
      next(request, response);
    } else if (!isOwnHost(request.headers, [home.demo.url, PUBLIC_URL])) {
      sendMessage(response, 403, 'Ask for this server by its address');
    } else if (page === null) {
      if (!docs(request, response)) next(request, response);
    } else {
      page(request, response).catch((error) => {
        log('error', 'failed', errorFields(error));
        if (response.headersSent) response.destroy();
        else sendMessage(response, 500, 'Internal Server Error');
      });
    }
  };
}
