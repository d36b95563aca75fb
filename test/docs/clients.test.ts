import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '#infra/aws/bundle-folders.ts';
import { call } from '#test/support/demo-client.ts';
import { type LocalProcess, startProcess } from '#test/support/local-process.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const temporary = temporaryFolder();
const folder = temporary.path;
let server: LocalProcess;

beforeAll(async () => {
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  server = await startProcess(join(folder, '.data'));
});
afterAll(async () => {
  await server.end('SIGTERM');
  temporary[Symbol.dispose]();
});

const page = readFileSync(join(ROOT, 'docs/clients.md'), 'utf8');

/** The code of the page under a fence: `php`, `js highlevel`. */
function blocks(fence: string): string[] {
  const code = new RegExp(`^\`\`\`${fence}\\n(.*?)^\`\`\`$`, 'gms');
  return [...page.matchAll(code)].map(([, text = '']) => text);
}

const [settings = '', curlCheck = '', curlProgram = ''] = blocks('sh');

interface Language {
  name: string;
  command: string;
  file: string;
  /** How the page checks a hash, and what it does beside. */
  check: string;
  program: string;
  /** Prints whether what is in `BODY` is genuine, with the page's check above it. */
  driver: string;
}

const language = (
  [check = '', program = '']: string[],
  rest: Omit<Language, 'check' | 'program'>,
): Language => ({ ...rest, check, program });

const LANGUAGES: readonly Language[] = [
  language(blocks('php'), {
    name: 'PHP',
    command: 'php',
    file: 'client.php',
    driver: "echo is_genuine(getenv('BODY'), getenv('PASARELA_SIGNATURE')) ? 'true' : 'false';",
  }),
  language(blocks('js'), {
    name: 'Node',
    command: process.execPath,
    file: 'client.mjs',
    driver: 'console.log(isGenuine(process.env.BODY, process.env.PASARELA_SIGNATURE));',
  }),
  language(blocks('python'), {
    name: 'Python',
    command: 'python3',
    file: 'client.py',
    driver:
      'import os\nprint(str(is_genuine(os.environ["BODY"], os.environ["PASARELA_SIGNATURE"])).lower())',
  }),
  language([curlCheck, curlProgram], {
    name: 'curl',
    command: 'bash',
    file: 'client.sh',
    driver: 'is_genuine "$PASARELA_SIGNATURE" <<< "$BODY"',
  }),
];

const PROGRAMS: Readonly<Record<string, readonly string[]>> = { curl: ['curl', 'jq'] };

/** Programs that a language needs and that are not on this machine. */
function missing({ name, command }: Language): string[] {
  return [command, ...(PROGRAMS[name] ?? [])].filter(
    (one) => spawnSync(one, ['--version']).status !== 0,
  );
}

/** Runs code with the environment that the page sets up; the result is what it printed. */
async function run({ command, file }: Language, code: string, body = ''): Promise<string> {
  writeFileSync(join(folder, file), code);
  const script = `set -eu\n${settings}\nexec "$0" "$1"`;
  const { stdout } = await promisify(execFile)('bash', ['-c', script, command, file], {
    cwd: folder,
    env: { ...process.env, BODY: body },
  });
  return stdout.trim();
}

/** The text of an answer with all that has ever been escaped differently. */
async function answerText({ name }: Language): Promise<string> {
  const { baseUrl, apiKey, signature } = server.demo.paylands;
  const order = {
    signature,
    amount: 100,
    operative: 'AUTHORIZATION',
    description: 'Any',
    // jq escapes the last one.
    additional: `a/b "c" \\ Ñandú 日本 \u2028 😀 ${name === 'curl' ? '' : '\u007f'}`,
    extra_data: { payment: { installments: 3 }, note: 'Café / thé', rate: 17.5, none: null },
  };
  const response = await fetch(`${baseUrl}/payment`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}` },
    body: JSON.stringify(order),
  });
  return response.text();
}

describe.each(LANGUAGES)('the client in $name', (one) => {
  const absent = missing(one);
  const reason = absent.length === 0 ? '' : ` (skipped: there is no ${absent.join(', no ')} here)`;
  const here = test.skipIf(absent.length > 0);

  here(`pays, refunds and checks the hash${reason}`, async () => {
    const printed = await run(one, `${one.check}\n${one.program}`);
    expect(printed.split('\n')).toEqual(['SUCCESS', 'PARTIALLY_REFUNDED', 'true']);
  });

  here(`tells what is genuine from what is not${reason}`, async () => {
    const text = await answerText(one);
    const code = `${one.check}\n${one.driver}`;
    expect(await run(one, code, text)).toBe('true');
    expect(await run(one, code, text.replace('"amount":100', '"amount":1'))).toBe('false');
    expect(await run(one, code, text.replace('Caf', 'caf'))).toBe('false');
    const plain = await call(server.demo, `/order/${JSON.parse(text).order.uuid}`);
    expect(plain.body).toHaveProperty('extra_data');
  });
});

test('the HighLevel SDK works once its address is set', async () => {
  const node = LANGUAGES[1] as Language;
  const [code = ''] = blocks('js highlevel');
  expect(await run(node, code)).toBe('partially_paid');
});

test.skipIf(missing(LANGUAGES[3] as Language).length > 0)('curl reads HighLevel', async () => {
  const [code = ''] = blocks('sh highlevel');
  expect(Number(await run(LANGUAGES[3] as Language, code))).toBeGreaterThanOrEqual(3);
});

test('the README charges and refunds, and shows the order on the other face', async () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, code = '']) => code);
  const [charge, list] = blocks.filter((code) => code.includes('curl'));
  const here = list?.replace('http://127.0.0.1:3000', server.demo.url);
  const script = `set -eu\n${charge}\n${here}`;
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: folder });
  expect(stdout).toMatch(/"status":"SUCCESS".*"status":"PARTIALLY_REFUNDED".*"totalCount":\d/s);
});

test('every piece of code of the page is one of these', () => {
  const fences = [...page.matchAll(/^```(\w+(?: \w+)?)$/gm)].map(([, fence]) => fence);
  expect(fences).toEqual([
    'sh',
    'php',
    'php',
    'js',
    'js',
    'python',
    'python',
    'sh',
    'sh',
    'js highlevel',
    'sh highlevel',
  ]);
});
