import { type Signer, signedCall } from '#aws/signed-call.ts';
import type { KeyWrapper } from './vault.ts';

/** Wraps the data key with a KMS key. */
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
  const answer = await signedCall(signer, {
    service: 'kms',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `TrentService.${operation}`,
    },
    body: JSON.stringify(request),
    repeatable: true,
  });
  return JSON.parse(answer);
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error('KMS returned no key');
  return value;
}
