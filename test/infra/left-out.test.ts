import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { expect, test } from 'vitest';
import { BUNDLE_OPTIONS } from '#infra/aws/bundle.ts';
import { leaveOut, UNUSED_ANYWHERE, unusedParts } from '#infra/aws/left-out.ts';
import { UNUSED_SCHEMAS } from '#infra/aws/unused-schemas.ts';

test.each([
  [{ ledger: ['read'] as const }, ['queues', 'acquirer', 'lists']],
  [{ ledger: ['read', 'put'] as const, acquirer: true }, ['queues', 'lists']],
  [{ ledger: ['query', 'query lists'] as const }, ['queues', 'acquirer', 'lists']],
  [{ ledger: ['query', 'query journal'] as const }, ['queues', 'acquirer']],
  [{ ledger: ['query journal'] as const, sends: ['notifications'] as const }, ['acquirer']],
])('%j has no use for %j', (grants, expected) => {
  expect(unusedParts(grants)).toEqual(expected);
});

test('no shape of an answer is in a bundle, nor the library that it is made with', async () => {
  const { module, inputs } = await bundled(
    `import { answerShape, orderAnswer } from '#faces/paylands/shapes.ts';
    export const responses = [orderAnswer, answerShape({ order: orderAnswer })];`,
    [UNUSED_ANYWHERE],
  );
  expect(module.responses).toEqual([undefined, undefined]);
  expect(inputs.filter((input) => input.includes('zod'))).toEqual([]);
});

test('of the fields of a face only those that are used are made', async () => {
  const { module, text } = await bundled(
    `import * as z from 'zod/mini';
    import { amountOrAll, uuid } from '#faces/paylands/fields.ts';
    export const parse = (value) => z.parse(z.object({ uuid, amount: amountOrAll }), value);`,
    [UNUSED_SCHEMAS],
  );
  const uuid = '2c1de2d5-3246-4e4a-85b4-ea79bba14674';
  expect(module.parse({ uuid, amount: '5' })).toEqual({ uuid: uuid.toUpperCase(), amount: 5 });
  expect(() => module.parse({ uuid, amount: '' })).toThrow('whole number of cents from 1');
  expect(text).not.toMatch(/e-mail|such as es|number of a card/);
});

test('shapes of answers are in files that are left out of bundles', () => {
  const folder = join(process.cwd(), 'shared', 'faces');
  const others = globSync('**/*.ts', { cwd: folder }).filter((file) => !file.endsWith('shapes.ts'));
  expect(others.length).toBeGreaterThan(50);
  const built = others.filter((file) =>
    /^export const \w*(Shape|Answer)\b/m.test(readFileSync(join(folder, file), 'utf8')),
  );
  expect(built).toEqual([]);
});

test('what sends messages on AWS opens no files', async () => {
  const { module, imports } = await bundled(
    `import { messenger } from '#messages/messenger.ts';
    export const post = (settings) => messenger({ settings, guard: null });`,
    [UNUSED_ANYWHERE],
  );
  expect(imports).toContain('node:https');
  expect(imports.filter((name) => name.includes('fs'))).toEqual([]);
  expect(() => module.post({ MAILBOX_FILE: 'mailbox.jsonl' })).toThrow(
    'Only a server on one machine has a mailbox',
  );
});

test('what was left out says so when it is called after all', async () => {
  const source = `
    import { Timeline } from '#store/lists/timeline.ts';
    import { readOrders } from '#store/orders/order-list.ts';
    export const list = () => readOrders();
    export const timeline = () => new Timeline();`;
  const { list, timeline } = (await bundled(source, [leaveOut(['lists'])])).module;
  expect(list).toThrow('A function that may not query the journal counts no list');
  expect(timeline).toThrow('A function that may not query the journal counts no list');
});

async function bundled(contents: string, plugins: Plugin[]) {
  const { outputFiles, metafile } = await build({
    ...BUNDLE_OPTIONS,
    sourcemap: false,
    stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
    plugins,
  });
  const folder = mkdtempSync(join(tmpdir(), 'pasarela-bundle-'));
  const file = join(folder, 'bundle.mjs');
  writeFileSync(file, outputFiles[0]?.contents ?? '');
  const module = await import(file);
  rmSync(folder, { recursive: true });
  const [output] = Object.values(metafile.outputs);
  const used = Object.entries(output?.inputs ?? {}).filter(([, one]) => one.bytesInOutput > 0);
  const imports = (output?.imports ?? []).map(({ path }) => path);
  const text = outputFiles[0]?.text ?? '';
  return { module, text, inputs: used.map(([input]) => input), imports };
}
