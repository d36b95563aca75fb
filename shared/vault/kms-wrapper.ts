import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import type { KeyWrapper } from './vault.ts';

/** Wraps the data key with a KMS key. */
export function kmsWrapper(keyId: string): KeyWrapper {
  const client = new KMSClient({ maxAttempts: 3 });
  return {
    async wrap(dataKey) {
      const command = new EncryptCommand({ KeyId: keyId, Plaintext: dataKey });
      const { CiphertextBlob } = await client.send(command);
      return Buffer.from(CiphertextBlob ?? []).toString('base64');
    },
    async unwrap(wrapped) {
      const CiphertextBlob = Buffer.from(wrapped, 'base64');
      const { Plaintext } = await client.send(new DecryptCommand({ KeyId: keyId, CiphertextBlob }));
      if (Plaintext === undefined) throw new Error('KMS returned no key');
      return Plaintext;
    },
  };
}
