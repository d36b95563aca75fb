import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/**
 * Encrypts what must be read again and digests what must only be compared, with keys derived from
 * one data key. The data key itself is stored wrapped by KMS (or by a local key file) and is
 * unwrapped once per function instance.
 */
export class Vault {
  readonly #encryptionKey: KeyObject;
  readonly #digestKey: KeyObject;

  constructor(dataKey: Uint8Array) {
    this.#encryptionKey = derive(dataKey, 'encryption');
    this.#digestKey = derive(dataKey, 'digest');
  }

  /** AES-256-GCM; the result is base64 of nonce, tag and ciphertext. */
  encrypt(text: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#encryptionKey, nonce);
    const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString('base64');
  }

  /** @throws when the text was not encrypted with this key or was changed */
  decrypt(encrypted: string): string {
    const bytes = Buffer.from(encrypted, 'base64');
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.#encryptionKey, nonce);
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const ciphertext = bytes.subarray(NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  }

  /** A keyed digest (HMAC-SHA-512, 128 hex digits) of a value within a purpose. */
  digest(purpose: string, value: string): string {
    return createHmac('sha512', this.#digestKey).update(`${purpose}\n${value}`).digest('hex');
  }
}

/** Protects the data key outside of the functions' memory. */
export interface KeyWrapper {
  wrap(dataKey: Uint8Array): Promise<string>;
  unwrap(wrapped: string): Promise<Uint8Array>;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function derive(dataKey: Uint8Array, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', dataKey, '', `pasarela ${purpose}`, 32)));
}
