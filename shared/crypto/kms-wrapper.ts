import { AwsClient } from 'aws4fetch';
import type { KeyWrapper } from './vault.ts';

/** Who signs the calls, as a client of the SDK already knows it. */
export interface Signer {
  credentials(): Promise<{
    accessKeyId: string;
    secretAccessKey: string;
    sessionToken?: string | undefined;
  }>;
  region(): Promise<string>;
}

/** For a call with its repetitions; KMS answers in milliseconds. */
const TIMEOUT_MS = 3000;

/**
 * Wraps the data key with a KMS key. The two calls are signed without KMS' own client, which would
 * be a tenth of every function's bundle for one call of a cold start.
 */
export function kmsWrapper(keyId: string, signer: Signer): KeyWrapper {
  return {
    async wrap(dataKey) {
      const Plaintext = Buffer.from(dataKey).toString('base64');
      const { CiphertextBlob } = await call(signer, 'Encrypt', { KeyId: keyId, Plaintext });
      return text(CiphertextBlob);
    },
    async unwrap(wrapped) {
      const request = { KeyId: keyId, CiphertextBlob: wrapped };
      const { Plaintext } = await call(signer, 'Decrypt', request);
      return Buffer.from(text(Plaintext), 'base64');
    },
  };
}

async function call(
  signer: Signer,
  operation: 'Encrypt' | 'Decrypt',
  request: object,
): Promise<Record<string, unknown>> {
  const [{ accessKeyId, secretAccessKey, sessionToken }, region] = await Promise.all([
    signer.credentials(),
    signer.region(),
  ]);
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    region,
    service: 'kms',
    retries: 3,
  });
  const url = process.env.AWS_ENDPOINT_URL_KMS ?? `https://kms.${region}.amazonaws.com/`;
  const response = await client.fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `TrentService.${operation}`,
    },
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok)
    throw new Error(`KMS refused to ${operation.toLowerCase()}: ${response.status}`);
  return (await response.json()) as Record<string, unknown>;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error('KMS returned no key');
  return value;
}
