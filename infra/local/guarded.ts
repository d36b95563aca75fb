const SHELL_GUARD =
  'exec 3<&0; (cat <&3 >/dev/null 2>&1; kill $$ 2>/dev/null) & exec "$@" 3<&- </dev/null';

const NODE_GUARD = `
const [command, ...args] = process.argv.slice(1);
const child = require('node:child_process').spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
const stop = () => child.kill();
process.stdin.on('end', stop).on('error', stop).resume();
process.on('SIGTERM', stop);
child.on('error', (error) => { console.error(error.message); process.exit(1); });
child.on('exit', (code) => process.exit(code ?? 1));
`;

/**
 * How to run a program so that it stops when its standard input ends, which the system does for us
 * even when this process is killed. The shell costs nothing; Windows has none.
 */
export function guarded(
  command: string,
  args: readonly string[],
  platform: NodeJS.Platform = process.platform,
): { command: string; args: string[] } {
  return platform === 'win32'
    ? { command: process.execPath, args: ['-e', NODE_GUARD, '--', command, ...args] }
    : { command: 'sh', args: ['-c', SHELL_GUARD, 'sh', command, ...args] };
}
