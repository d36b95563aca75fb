import { createHash, createHmac } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpRequest } from '@smithy/core/transport';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';

/** Who signs a call, as a client of the SDK knows it. */
export interface Signer {
  credentials(): Promise<{
    accessKeyId: string;
    secretAccessKey: string;
    sessionToken?: string;
  }>;
  region(): Promise<string>;
}

/** A call of a service of AWS. */
export interface SignedCall {
  /** The name that the service is signed for. */
  service: 'kms' | 'ses' | 'sns' | 'sqs';
  /** Where it is asked, where the environment does not say. */
  endpoint?: string;
  /** The first part of the service's host name, where it is not the service's name. */
  host?: string;
  path?: string;
  headers: Record<string, string>;
  body: string;
  /** Whether doing it twice is the same as once, so that a call without an answer is repeated. */
  repeatable: boolean;
  /** How often it is tried at most. */
  attempts?: number;
}

/** What a service refused. The name says which service and why, so that a log may say it too. */
export class ServiceError extends Error {
  readonly status: number;
  /** As the service calls it, such as `AccessDenied`; null when it says nothing. */
  readonly code: string | null;

  constructor(service: string, status: number, code: string | null) {
    super(`${service.toUpperCase()} refused: ${status}${code === null ? '' : ` ${code}`}`);
    this.name = `${service.toUpperCase()}.${code ?? status}`;
    this.status = status;
    this.code = code;
  }
}

/** Signs with what Lambda gives a function in its environment. */
export const environmentSigner: Signer = {
  async credentials() {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
    return {
      accessKeyId: AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: AWS_SECRET_ACCESS_KEY ?? '',
      ...(AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN }),
    };
  },
  region: async () => process.env.AWS_REGION ?? '',
};

const MAX_ATTEMPTS = 3;
const PAUSE_MS = 100;

/** Each attempt has these deadlines: services answer in milliseconds. */
const DEADLINES = { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true };

/** Keeps its connections: one that is found closed costs a repetition. */
const KEPT = new NodeHttpHandler(DEADLINES);

/**
 * Calls a service of AWS without its own client, which would be a tenth of a function's bundle for
 * one call; what signs and sends is part of the DynamoDB client already. What may pass is
 * tried again. The endpoint is the one that `AWS_ENDPOINT_URL_<SERVICE>` or `AWS_ENDPOINT_URL` says.
 * @returns the body of the answer
 * @throws ServiceError
 */
export async function signedCall(signer: Signer, call: SignedCall): Promise<string> {
  const { attempts = MAX_ATTEMPTS } = call;
  const handler = call.repeatable ? KEPT : new NodeHttpHandler(DEADLINES);
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await send(handler, signer, call);
      } catch (error) {
        if (attempt === attempts || !mayPass(error, call)) throw error;
        await sleep(PAUSE_MS * attempt);
      }
    }
  } finally {
    if (handler !== KEPT) handler.destroy();
  }
}

async function send(
  handler: NodeHttpHandler,
  signer: Signer,
  { service, host = service, endpoint: asked, path = '/', headers, body }: SignedCall,
): Promise<string> {
  const region = await signer.region();
  const endpoint = new URL(
    path,
    configuredEndpoint(service) ?? asked ?? `https://${host}.${region}.amazonaws.com`,
  );
  const request = new HttpRequest({
    protocol: endpoint.protocol,
    hostname: endpoint.hostname,
    ...(endpoint.port === '' ? {} : { port: Number(endpoint.port) }),
    path: endpoint.pathname,
    method: 'POST',
    headers: { host: endpoint.host, ...headers },
    body,
  });
  const signed = await new SignatureV4({
    credentials: signer.credentials,
    region,
    service,
    sha256: Sha256,
  }).sign(request);
  const { response } = await handler.handle(HttpRequest.clone(signed as HttpRequest));
  const answer = await text(response.body);
  if (response.statusCode < 300) return answer;
  throw new ServiceError(service, response.statusCode, codeOf(response.headers, answer));
}

function configuredEndpoint(service: string): string | undefined {
  const { env } = process;
  return env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? env.AWS_ENDPOINT_URL;
}

/** The code of an error, from a header, from JSON or from XML; its message may quote input. */
function codeOf(headers: Record<string, string>, answer: string): string | null {
  const inBody = /"__type"\s*:\s*"([^"]*)"|<Code>([^<]*)<\/Code>/.exec(answer);
  const found = headers['x-amzn-errortype'] ?? inBody?.[1] ?? inBody?.[2];
  return /(\w+)(?::.*)?$/.exec(found ?? '')?.[1] ?? null;
}

/** What was throttled was not done; what failed or got no answer may have been. */
function mayPass(error: unknown, { repeatable }: SignedCall): boolean {
  if (!(error instanceof ServiceError)) return repeatable;
  const isThrottled = error.status === 429 || /Throttl|TooManyRequests/.test(error.code ?? '');
  return isThrottled || (repeatable && error.status >= 500);
}

/** SHA-256 in the form that signing wants. */
class Sha256 {
  readonly #secret: Parameters<typeof createHmac>[1] | undefined;
  readonly #chunks: Uint8Array[] = [];

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret = secret === undefined || typeof secret === 'string' ? secret : bytesOf(secret);
  }

  update(chunk: string | ArrayBuffer | ArrayBufferView): void {
    this.#chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : bytesOf(chunk));
  }

  async digest(): Promise<Uint8Array> {
    const hash =
      this.#secret === undefined ? createHash('sha256') : createHmac('sha256', this.#secret);
    for (const chunk of this.#chunks) hash.update(chunk);
    return hash.digest();
  }

  reset(): void {
    this.#chunks.length = 0;
  }
}

function bytesOf(data: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
