import { createReadStream, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import { collectionOf } from './collection.ts';
import { documentsOf } from './document.ts';
import { LOCATION, SERVICE, SIGNATURE } from './examples.ts';

/** Answers a request for the documentation; false when it is for something else. */
export type Pages = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Nothing is loaded from elsewhere, whatever the viewer would like to: a payments server's
 * documentation works offline and tells nobody who reads it.
 */
const SECURITY_POLICY =
  "default-src 'self' data:; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
  "form-action 'self'; frame-ancestors 'self'; base-uri 'self'";

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pasarela: API documentation</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/viewer.css">
<div id="api"></div>
<script src="/docs/viewer.js"></script>
<script src="/docs/viewer-frame.js"></script>
<script src="/docs/start.js"></script>
</html>
`;

/** Files of the viewer's package, by the path that they are served under. */
const VIEWER_FILES: Readonly<Record<string, { file: string; type: string }>> = {
  '/docs/viewer.css': { file: 'swagger-ui.css', type: 'text/css' },
  '/docs/viewer.js': { file: 'swagger-ui-bundle.js', type: 'text/javascript' },
  '/docs/viewer-frame.js': { file: 'swagger-ui-standalone-preset.js', type: 'text/javascript' },
};

/** With what readers try operations out: the credentials of a merchant that may be played with. */
export interface TrialCredentials {
  paylands: {
    baseUrl: string;
    apiKey: string;
    signature: string;
    services: Readonly<Record<string, string>>;
  };
  highlevel: { baseUrl: string; token: string; appToken: string; locationId: string };
}

/**
 * Serves the documentation of operations under `/docs`, with a viewer from a package, filled in
 * with credentials so that every operation can be tried at once.
 */
export function documentationPages(
  operations: readonly OperationDeclaration[],
  trial: TrialCredentials | null = null,
): Pages {
  const texts = new Map<string, string>();
  const textOf = (face: OperationDeclaration['face']) => {
    const text = texts.get(face) ?? filledIn(JSON.stringify(documentsOf(operations)[face]), trial);
    texts.set(face, text);
    return text;
  };
  const collectionText = (face: OperationDeclaration['face']) => {
    const collection = collectionOf(face, documentsOf(operations)[face], accessOf(trial, face));
    return filledIn(JSON.stringify(collection), trial);
  };
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const path = request.url?.split('?', 1)[0] ?? '';
    const served = VIEWER_FILES[path];
    if (served !== undefined) {
      sendFile(response, served, request.method);
      return true;
    }
    switch (path) {
      case '/docs':
      case '/docs/':
        send(response, 'text/html', PAGE);
        return true;
      case '/docs/start.js':
        send(response, 'text/javascript', startScript(trial));
        return true;
      case '/docs/paylands.json':
        send(response, 'application/json', textOf('paylands'));
        return true;
      case '/docs/paylands.postman.json':
        send(response, 'application/json', collectionText('paylands'));
        return true;
      case '/docs/highlevel.postman.json':
        send(response, 'application/json', collectionText('highlevel'));
        return true;
      case '/docs/highlevel.json':
        send(response, 'application/json', textOf('highlevel'));
        return true;
      default:
        return false;
    }
  };
}

/** Where the requests of a collection go, and with which key or token; some need an app's. */
function accessOf(trial: TrialCredentials | null, face: OperationDeclaration['face']) {
  if (trial === null) return undefined;
  const { baseUrl } = trial[face];
  return { baseUrl, token: face === 'paylands' ? trial.paylands.apiKey : trial.highlevel.appToken };
}

/** A document with a merchant's own values where examples stand for them. */
function filledIn(document: string, trial: TrialCredentials | null): string {
  if (trial === null) return document;
  const { paylands, highlevel } = trial;
  return document
    .replaceAll(SIGNATURE, paylands.signature)
    .replaceAll(SERVICE, paylands.services.paylands ?? SERVICE)
    .replaceAll(LOCATION, highlevel.locationId);
}

/** Starts the viewer; both APIs have a scheme called `bearer`, each with a token of its own. */
function startScript(trial: TrialCredentials | null): string {
  const tokens = { '/docs/paylands.json': '', '/docs/highlevel.json': '' };
  if (trial !== null) {
    tokens['/docs/paylands.json'] = trial.paylands.apiKey;
    tokens['/docs/highlevel.json'] = trial.highlevel.token;
  }
  return `const tokens = ${JSON.stringify(tokens)};
const ui = SwaggerUIBundle({
  dom_id: '#api',
  urls: [
    { name: 'Paylands', url: '/docs/paylands.json' },
    { name: 'HighLevel', url: '/docs/highlevel.json' },
  ],
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
  deepLinking: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  onComplete() {
    const token = tokens[new URL(ui.specSelectors.url(), location.href).pathname];
    if (token) ui.preauthorizeApiKey('bearer', token);
  },
});
`;
}

function send(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    'content-security-policy': SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}

function sendFile(
  response: ServerResponse,
  { file, type }: { file: string; type: string },
  method: string,
): void {
  const path = createRequire(import.meta.url).resolve(`swagger-ui-dist/${file}`);
  response.writeHead(200, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': statSync(path).size,
    'cache-control': 'max-age=3600',
    'x-content-type-options': 'nosniff',
  });
  if (method === 'HEAD') response.end();
  else createReadStream(path).pipe(response);
}
