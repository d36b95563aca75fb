import { AwsClient } from 'aws4fetch';

/** Who signs calls, as a client of the SDK knows it. */
export interface Signer {
  credentials(): Promise<Credentials>;
  region(): Promise<string>;
}

interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

/** A call of a service that has no client here. */
export interface SignedCall {
  /** As it is signed: `kms`, `ses`, `sns`. */
  service: string;
  /** As its host begins; by default like the service. */
  host?: string;
  path?: string;
  headers: Record<string, string>;
  body: string;
  /** For the call with its repetitions. */
  timeoutMs: number;
}

/** What a service refused. The name says which service and why, so that a log may say it too. */
export class ServiceError extends Error {
  readonly status: number;

  constructor(service: string, status: number, code: string | null) {
    super(`${service.toUpperCase()} refused: ${status}${code === null ? '' : ` ${code}`}`);
    this.name = `${service.toUpperCase()}.${code ?? status}`;
    this.status = status;
  }
}

/**
 * Makes a signed POST without the service's own client, which would be a tenth of every function's
 * bundle for one call. `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>` say where to, as they do
 * for the SDK.
 * @throws ServiceError when the service refuses
 */
export async function signedCall(signer: Signer, call: SignedCall): Promise<string> {
  const [{ accessKeyId, secretAccessKey, sessionToken }, region] = await Promise.all([
    signer.credentials(),
    signer.region(),
  ]);
  const { service, host = service, path = '/', headers, body, timeoutMs } = call;
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    region,
    service,
    retries: 2,
  });
  const url = new URL(path, endpointOf(service) ?? `https://${host}.${region}.amazonaws.com`);
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await client.fetch(url, { method: 'POST', headers, body, signal });
  const text = await response.text();
  if (!response.ok) throw new ServiceError(service, response.status, codeOf(response, text));
  return text;
}

/** Signs with what Lambda gives a function in its environment. */
export const environmentSigner: Signer = {
  async credentials() {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
    return {
      accessKeyId: AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: AWS_SECRET_ACCESS_KEY ?? '',
      sessionToken: AWS_SESSION_TOKEN,
    };
  },
  region: async () => process.env.AWS_REGION ?? '',
};

function endpointOf(service: string): string | undefined {
  return process.env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? process.env.AWS_ENDPOINT_URL;
}

/** The code of an error, from a header, from JSON or from XML; its message may quote input. */
function codeOf(response: Response, text: string): string | null {
  const found =
    response.headers.get('x-amzn-errortype') ??
    /"__type"\s*:\s*"([^"]*)"/.exec(text)?.[1] ??
    /<Code>([^<]*)<\/Code>/.exec(text)?.[1];
  return /(\w+)(?::.*)?$/.exec(found ?? '')?.[1] ?? null;
}
