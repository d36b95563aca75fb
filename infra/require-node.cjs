// Any Node can read this file, also one that is too old for all the others.
const { engines, optionalDependencies } = require('../package.json');

const least = Number(/\d+/.exec(engines.node)[0]);
const found = process.versions.node;

if (Number(found.split('.')[0]) < least) {
  const own = `node-${process.platform}-${process.arch}`;
  const version = String(optionalDependencies[own] || '').replace(/^\^/, '');
  const how = version ? `, or run \`npm install --no-save ${own}@${version}\`` : '';
  console.error(`This needs Node ${least} or later, not ${found}: install it${how}.`);
  process.exit(1);
}
