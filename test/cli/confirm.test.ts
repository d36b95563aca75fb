import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { confirm } from '#infra/cli/confirm.ts';

function terminal(answer: string, isAttended = true) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.write(`${answer}\n`);
  return { input, output, isAttended };
}

test.each(['y', 'Yes', ' YES '])('%j goes on', async (answer) => {
  const asked = terminal(answer);
  await confirm('Revoke the key 1?', asked);
  expect(asked.output.read()?.toString()).toContain('Revoke the key 1? [y/N] ');
});

test.each(['', 'n', 'no', 'yesterday'])('%j does nothing', async (answer) => {
  await expect(confirm('Revoke?', terminal(answer))).rejects.toThrow('Nothing was done');
});

test('where nobody can be asked, --yes is wanted', async () => {
  await expect(confirm('Revoke?', terminal('y', false))).rejects.toThrow(
    'Revoke? Nobody can be asked here: say --yes',
  );
});
