import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Html, html } from '#faces/pages/views/html.ts';
import { languageFor } from '#faces/pages/views/language.ts';
import { page } from '#faces/pages/views/layout.ts';
import { DEFAULT_TEMPLATE } from '#ledger/core/template.ts';
import { type Letter, lettersIn } from '#messages/mailbox.ts';

/** Shows the messages that were sent on this machine: as a page, or as JSON at `/mailbox.json`. */
export function mailboxPages(path: string) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const letters = (await lettersIn(path)).reverse();
    if (request.url?.startsWith('/mailbox.json') === true) {
      send(response, 'application/json', JSON.stringify(letters));
      return;
    }
    const { html: document, policy } = mailboxPage(letters);
    response.setHeader('content-security-policy', policy);
    send(response, 'text/html; charset=utf-8', document);
  };
}

function send(response: ServerResponse, type: string, body: string): void {
  const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body) };
  response.writeHead(200, { ...headers, 'cache-control': 'no-store' }).end(body);
}

function mailboxPage(letters: readonly Letter[]) {
  return page({
    language: languageFor('en'),
    template: DEFAULT_TEMPLATE,
    title: 'Mailbox',
    body: html`<h1>Mailbox</h1>
<p class="soft">Messages that were sent on this machine, newest first.</p>
${letters.map(letterView)}`,
  });
}

function letterView(letter: Letter): Html {
  const subject = letter.channel === 'mail' ? letter.subject : 'SMS';
  return html`<article><h2>${subject}</h2>
<p class="soft">${letter.to}, ${letter.at}</p>
${letter.text.split('\n').map((line) => html`<p class="soft">${linkedLine(line)}</p>`)}</article>`;
}

/** A line of text; an address of a page in it can be followed. */
export function linkedLine(line: string): Html {
  const [, before = '', url, after = ''] = /^(.*?)(https?:\/\/\S+)(.*)$/.exec(line) ?? [];
  if (url === undefined) return html`${line}`;
  return html`${before}<a href="${url}">${url}</a>${after}`;
}
