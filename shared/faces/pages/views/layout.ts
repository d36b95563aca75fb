import { createHash } from 'node:crypto';
import type { Template } from '#ledger/core/template.ts';
import { Html, html } from './html.ts';
import type { Language } from './language.ts';
import { type Look, PLAIN_LOOK } from './look.ts';
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
  look?: Look;
  /** Whose pages may frame this one: sources of a policy; null is anybody. */
  framedBy?: readonly string[] | null;
  body: Html;
  /** What stands above the box; null is nothing. */
  banner?: Html | null;
  /** How wide it is: two columns where there is room, or what a frame of the shop gives it. */
  shape?: 'two' | 'bare';
  status?: number;
  script?: string;
  /** After so many seconds the page is asked for again. */
  refreshSeconds?: number;
  /** Whether its script may call this server. */
  connects?: boolean;
}

/** A whole page: one answer with its style and script in it, and the policy that allows these. */
export function page(parts: PageParts): Page {
  const { language, template, status = 200, refreshSeconds = null, look = PLAIN_LOOK } = parts;
  const style = styleOf(template, look.theme);
  const script = parts.script ?? null;
  const document = html`<!doctype html>
<html lang="${language.code}"${classOf(parts)}>
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
<main class="${parts.shape ?? ''}">
${parts.banner ?? null}
<div class="box">
${parts.body}
</div>
</main>
${script === null ? null : html`<script>${new Html(script)}</script>`}
</body>
</html>
`;
  return { status, html: document.text, policy: policyOf(parts, style, script) };
}

function classOf({ look = PLAIN_LOOK, shape }: PageParts): Html | null {
  if (shape === 'bare') return html` class="framed bare"`;
  return look.isFramed ? html` class="framed"` : null;
}

/**
 * Nothing is loaded from elsewhere and nothing runs but our own. A form may lead on to any
 * shop: browsers apply its rule to the redirects after it too, and to those of the shop.
 */
function policyOf(
  { connects = false, framedBy = null }: PageParts,
  style: string,
  script: string | null,
): string {
  return [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    ...(script === null ? [] : [`script-src '${hashOf(script)}'`]),
    ...(connects ? ["connect-src 'self'"] : []),
    'img-src data:',
    "form-action 'self' https: http:",
    "base-uri 'none'",
    ...(framedBy === null ? [] : [`frame-ancestors ${["'self'", ...framedBy].join(' ')}`]),
  ].join('; ');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
