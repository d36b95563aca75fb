// Runs after an installation, on any Node: removes what packages bring and nothing here reads, a
// tenth of all. A name that a package no longer has is no error.
const { readdirSync, rmSync } = require('node:fs');
const { join } = require('node:path');

const modules = join(__dirname, '..', 'node_modules');

const UNREAD = [
  // What an AWS CLI for custom resources is deployed from, which no stack has.
  '@aws-cdk/asset-awscli-v1/lib/layer.zip',
  // Examples for constructs in other languages.
  'aws-cdk-lib/rosetta',
  // Other ways to import what is imported by path.
  'date-fns/fp',
  'libphonenumber-js/bundle',
];

/** Files of any package: for debuggers, for other languages, and to read on the web. */
const UNREAD_FILES = [/\.map$/, /^\.jsii/, /^(?!.*(licen[cs]e|notice|copying)).*\.md$/i];

/** Package managers that packages were made with. */
const UNREAD_FOLDERS = ['.yarn'];

function trim(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && UNREAD_FOLDERS.includes(entry.name)) {
      rmSync(path, { recursive: true });
    } else if (entry.isDirectory()) trim(path);
    else if (UNREAD_FILES.some((name) => name.test(entry.name))) rmSync(path);
  }
}

for (const path of UNREAD) rmSync(join(modules, path), { recursive: true, force: true });
trim(modules);
