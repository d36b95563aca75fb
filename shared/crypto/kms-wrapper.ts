import { type Signer, signedCall } from '#aws/signed-call.ts';
import type { KeyWrapper } from './vault.ts';

/** Wraps the data key with a KMS key. */
export function kmsWrapper(keyId: string, signer: Signer): KeyWrapper {
  return {
    async wrap(dataKey) {
      const Plaintext = Buffer.from(dataKey).toString('base64');
      return call(signer, 'Encrypt', { KeyId: keyId, Plaintext }, 'CiphertextBlob');
    },
    async unwrap(wrapped) {
      const request = { KeyId: keyId, CiphertextBlob: wrapped };
      return Buffer.from(await call(signer, 'Decrypt', request, 'Plaintext'), 'base64');
    },
  };
}

/** The field of KMS' answer that holds what was asked for. */
async function call(
  signer: Signer,
  operation: 'Encrypt' | 'Decrypt',
  request: object,
  field: 'CiphertextBlob' | 'Plaintext',
): Promise<string> {
  const answer = await signedCall(signer, {
    service: 'kms',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `TrentService.${operation}`,
    },
    body: JSON.stringify(request),
    repeatable: true,
  });
  const value: unknown = JSON.parse(answer)[field];
  if (typeof value !== 'string') throw new Error('KMS returned no key');
  return value;
}
