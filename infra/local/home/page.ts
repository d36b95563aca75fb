import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Html, html } from '#faces/pages/views/html.ts';
import type { Demo } from '#infra/local/demo.ts';
import type { Live } from './live.ts';
import { batchesView } from './sections/batches.ts';
import { credentialsSection } from './sections/credentials.ts';
import { mailView } from './sections/mail.ts';
import { ordersView } from './sections/orders.ts';
import { paySection } from './sections/pay.ts';
import { sendForm, terminalsView } from './sections/terminal.ts';
import { testCardsSection } from './sections/test-cards.ts';

const STYLE = readFileSync(new URL('style.css', import.meta.url), 'utf8');

/** The parts of the page that change, as they are now. */
export function liveParts({ orders, terminals, batches, letters, clockOffsetMs }: Live) {
  return {
    terminals: terminalsView(terminals, orders).text,
    orders: ordersView(orders, clockOffsetMs).text,
    batches: batchesView(batches).text,
    mail: mailView(letters).text,
  };
}

export type LiveParts = ReturnType<typeof liveParts>;

/** The home page of a local server, and the policy that allows its style and its script. */
export function homePage(
  demo: Demo,
  live: Live,
  script: string,
  unknownCard: 'approve' | 'refuse',
): { document: string; policy: string } {
  const parts = liveParts(live);
  const part = (name: keyof LiveParts) =>
    html`<div data-live="${name}">${new Html(parts[name])}</div>`;
  const types = Object.keys(demo.paylands.services).map((type) => type.toUpperCase());
  const { text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pasarela</title>
<link rel="icon" href="data:,">
<style>${new Html(STYLE)}</style>
</head>
<body>
<header><h1>Pasarela</h1><p class="soft">Sandbox at ${demo.url}</p>
<nav aria-label="Elsewhere"><ul><li><a href="/docs">API documentation</a></li>
<li><a href="/mailbox">Mailbox</a></li></ul></nav></header>
<main>
<p id="state" class="problem whole" role="status"></p><p id="spoken" class="unseen" role="status"></p>
<div>${paySection()}
<section class="card" aria-labelledby="terminal"><h2 id="terminal">Terminal</h2>
<p class="soft">Be the till, then the person with the card.</p>
${sendForm(live.terminals.map(({ device }) => device))}${part('terminals')}</section></div>
<div>
<section class="card" aria-labelledby="orders"><h2 id="orders">Last orders</h2>${part('orders')}</section>
<section class="card" aria-labelledby="batches"><h2 id="batches">Files of payments</h2>${part('batches')}</section>
<section class="card" aria-labelledby="mail"><h2 id="mail">Last mails and messages</h2>${part('mail')}</section>
${credentialsSection(demo)}
</div>
<div class="whole">${testCardsSection(types, unknownCard)}</div>
</main>
<script>${new Html(script)}</script>
</body>
</html>
`;
  return { document: text, policy: policyOf(script) };
}

/** Nothing comes from elsewhere, nothing goes elsewhere, and nobody frames the page. */
function policyOf(script: string): string {
  return [
    "default-src 'none'",
    `style-src '${hashOf(STYLE)}'`,
    `script-src '${hashOf(script)}'`,
    "connect-src 'self'",
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
