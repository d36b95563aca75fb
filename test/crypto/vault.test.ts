import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileWrapper } from '#crypto/file-wrapper.ts';
import { Vault } from '#crypto/vault.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const KEY = Buffer.from('00112233445566778899aabbccddeeff'.repeat(2), 'hex');
const PAN = '4548812049400004';
const vault = new Vault(KEY);

describe('a vault', () => {
  test('reads what it was given, also what an earlier version wrote', () => {
    expect(vault.decrypt(vault.encrypt(PAN))).toBe(PAN);
    const kept = 'whxtnJBtm9VxIRkP47MUW24XYzvlxBxDy3XFGVqatl3hz1+5YZp8VCksofk=';
    expect(vault.decrypt(kept)).toBe(PAN);
  });

  test('never writes the same twice, so that equal secrets cannot be told', () => {
    expect(vault.encrypt(PAN)).not.toBe(vault.encrypt(PAN));
  });

  test('refuses what was changed anywhere, and what another key has written', () => {
    const bytes = Buffer.from(vault.encrypt(PAN), 'base64');
    for (const at of bytes.keys()) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => vault.decrypt(changed.toString('base64')), `byte ${at}`).toThrow();
    }
    const other = new Vault(Buffer.alloc(32)).encrypt(PAN);
    expect(() => vault.decrypt(other)).toThrow();
  });

  test('digests within a purpose, as an earlier version did', () => {
    expect(vault.digest('card', PAN)).toBe(
      'b1d231d449efcb940cdc4c53d2e8459884a87a0b15c67753e4d42856068720302be52b6655ae3a57fa348162e3edd8fd31056387210010f68887e7d042d5eb60',
    );
    expect(vault.digest('iban', PAN)).not.toBe(vault.digest('card', PAN));
    expect(new Vault(Buffer.alloc(32)).digest('card', PAN)).not.toBe(vault.digest('card', PAN));
  });
});

test('the key in a file is made once, and only its owner reads it', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'data.key');
  const wrapped = await fileWrapper(file).wrap(KEY);
  expect(wrapped).not.toContain(KEY.toString('base64'));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const text = readFileSync(file, 'utf8');
  expect(Buffer.from(await fileWrapper(file).unwrap(wrapped))).toEqual(KEY);
  expect(readFileSync(file, 'utf8')).toBe(text);
});
