import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { type KeyWrapper, Vault } from './vault.ts';

/** Wraps the data key with a key in a local file, made on first use and readable by its owner. */
export function fileWrapper(path: string): KeyWrapper {
  const vault = new Vault(fileKey(path));
  return {
    wrap: async (dataKey) => vault.encrypt(Buffer.from(dataKey).toString('base64')),
    unwrap: async (wrapped) => Buffer.from(vault.decrypt(wrapped), 'base64'),
  };
}

function fileKey(path: string): Buffer {
  try {
    writeFileSync(path, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return Buffer.from(readFileSync(path, 'utf8'), 'base64');
}
