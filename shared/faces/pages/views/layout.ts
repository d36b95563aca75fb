import { createHash } from 'node:crypto';
import type { Template } from '#ledger/core/template.ts';
import { Html, html } from './html.ts';
import type { Language } from './language.ts';
import { styleOf } from './style.ts';

/** A page as it goes out. */
export interface Page {
  status: number;
  html: string;
  policy: string;
}

/** What a page is made of. */
export interface PageParts {
  language: Language;
  template: Template;
  title: string;
  /** Who is paid; null on pages that belong to nobody. */
  merchant: string | null;
  isSandbox: boolean;
  body: Html;
  status?: number;
  script?: string;
  /** After so many seconds the page is asked for again. */
  refreshSeconds?: number;
  /** Whether its script may call this server. */
  connects?: boolean;
}

/** A whole page: one answer with its style and script in it, and the policy that allows these. */
export function page(parts: PageParts): Page {
  const { language, template, status = 200, refreshSeconds = null } = parts;
  const style = styleOf(template);
  const script = parts.script ?? null;
  const document = html`<!doctype html>
<html lang="${language.code}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${parts.title}</title>
<link rel="icon" href="data:,">
${refreshSeconds === null ? null : html`<meta http-equiv="refresh" content="${refreshSeconds}">`}
<style>${new Html(style)}</style>
</head>
<body>
<main>
<div class="box">
${headerOf(parts)}
${parts.body}
</div>
${parts.isSandbox ? html`<p class="note">${language.words.sandbox}</p>` : null}
</main>
${script === null ? null : html`<script>${new Html(script)}</script>`}
</body>
</html>
`;
  return { status, html: document.text, policy: policyOf(style, script, parts.connects === true) };
}

function headerOf({ template, merchant }: PageParts): Html | null {
  if (merchant === null) return null;
  const logo = template.logo === null ? null : html`<img src="${template.logo}" alt="">`;
  return html`<header>${logo}<p>${merchant}</p></header>`;
}

/**
 * Nothing is loaded from elsewhere and nothing runs but our own. A form may lead on to any
 * shop: browsers apply its rule to the redirects after it too, and to those of the shop.
 */
function policyOf(style: string, script: string | null, connects: boolean): string {
  return [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    ...(script === null ? [] : [`script-src '${hashOf(script)}'`]),
    ...(connects ? ["connect-src 'self'"] : []),
    'img-src data:',
    "form-action 'self' https: http:",
    "base-uri 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
