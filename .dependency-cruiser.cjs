/** The arrows between the rooms: which may import which. `npm run arrows` checks them. */

const ROOMS = {
  ledger: '^shared/ledger/',
  operation: '^shared/operation/',
  faces: '^shared/faces/',
  store: '^shared/store/',
  functions: '^functions/',
  infra: '^infra/',
};

/** Libraries that only compute: no input, no output, no state. */
const CALCULATORS = [
  'date-fns',
  '@date-fns/tz',
  'ibantools',
  'ipaddr.js',
  'iso-3166',
  'libphonenumber-js',
  'rrule',
].map((name) => `^node_modules/${name}/`);

/** Nothing from `from` to `to`, but what is excepted. */
function never(name, comment, from, to, except = []) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from },
    to: { path: to, pathNot: except },
  };
}

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'What needs each other belongs together, or a part of it elsewhere; types count.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    never(
      'ledger-alone',
      'The domain knows no wire, no store and no AWS: the others implement its ports.',
      ROOMS.ledger,
      '^(shared|functions|infra|node_modules)/',
      [ROOMS.ledger, ...CALCULATORS],
    ),
    never(
      'store-implements-the-ledger',
      'The store keeps what the ledger says, whoever asks.',
      ROOMS.store,
      '^(shared|functions|infra)/',
      [ROOMS.ledger, ROOMS.store, '^shared/crypto/'],
    ),
    never(
      'operation-knows-no-face',
      'How a function is run is the same for every face.',
      ROOMS.operation,
      ROOMS.faces,
    ),
    never(
      'faces-ask-no-store',
      'A face asks the ledger, whose port the store is.',
      ROOMS.faces,
      ROOMS.store,
    ),
    never(
      'functions-know-no-infrastructure',
      'Infrastructure follows from functions.',
      '^(functions|shared)/',
      ROOMS.infra,
    ),
    never(
      'nobody-imports-the-catalog',
      'A bundle with the catalog in it would hold every function.',
      '^(functions|shared)/',
      '^functions/catalog',
    ),
    never(
      'shared-knows-no-function',
      'What functions share is below them.',
      '^shared/',
      ROOMS.functions,
    ),
    {
      ...never(
        'functions-alone',
        'A function is its file and what is shared.',
        ROOMS.functions,
        ROOMS.functions,
      ),
      from: { path: ROOMS.functions, pathNot: ['^functions/catalog'] },
    },
    never(
      'no-test-in-the-product',
      'Tests import; they are not imported.',
      '^(functions|shared|infra)/',
      '^test/',
    ),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
};
