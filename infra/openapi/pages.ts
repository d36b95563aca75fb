import { createReadStream, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import { documentsOf } from './document.ts';

/** Answers a request for the documentation; false when it is for something else. */
export type Pages = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Nothing is loaded from elsewhere, whatever the viewer would like to: a payments server's
 * documentation works offline and tells nobody who reads it.
 */
const SECURITY_POLICY =
  "default-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval'; " +
  "style-src 'self' 'unsafe-inline'; form-action 'self'; frame-ancestors 'self'; base-uri 'self'";

const VIEWER_SETTINGS = {
  sources: [
    { title: 'Paylands', slug: 'paylands', url: '/docs/paylands.json' },
    { title: 'HighLevel', slug: 'highlevel', url: '/docs/highlevel.json' },
  ],
  withDefaultFonts: false,
  telemetry: false,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
};

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pasarela: API documentation</title>
<link rel="icon" href="data:,">
<div id="api"></div>
<script src="/docs/viewer.js"></script>
<script>Scalar.createApiReference('#api', ${JSON.stringify(VIEWER_SETTINGS)})</script>
</html>
`;

/** Serves the documentation of operations under `/docs`, with a viewer from a package. */
export function documentationPages(operations: readonly OperationDeclaration[]): Pages {
  const documents = new Map<string, string>();
  const documentOf = (face: OperationDeclaration['face']) => {
    const text = documents.get(face) ?? JSON.stringify(documentsOf(operations)[face]);
    documents.set(face, text);
    return text;
  };
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    switch (request.url?.split('?', 1)[0]) {
      case '/docs':
      case '/docs/':
        send(response, 'text/html; charset=utf-8', PAGE);
        return true;
      case '/docs/paylands.json':
        send(response, 'application/json', documentOf('paylands'));
        return true;
      case '/docs/highlevel.json':
        send(response, 'application/json', documentOf('highlevel'));
        return true;
      case '/docs/viewer.js':
        sendViewer(response, request.method);
        return true;
      default:
        return false;
    }
  };
}

function send(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'content-security-policy': SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}

function sendViewer(response: ServerResponse, method: string): void {
  // The package exports only its style sheet by file name.
  const style = createRequire(import.meta.url).resolve('@scalar/api-reference/style.css');
  const path = join(dirname(style), 'browser', 'standalone.js');
  response.writeHead(200, {
    'content-type': 'text/javascript; charset=utf-8',
    'content-length': statSync(path).size,
    'cache-control': 'max-age=3600',
  });
  if (method === 'HEAD') response.end();
  else createReadStream(path).pipe(response);
}
