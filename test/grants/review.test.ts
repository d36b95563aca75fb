import { describe, expect, test } from 'vitest';
import { catalog } from '#functions/catalog.ts';
import type { CatalogFunction } from '#infra/aws/catalog.ts';
import { ERROR, type GrantUse } from '#infra/local/grant-record.ts';
import type { Grants } from '#operation/declare/declaration.ts';
import { allows, statementsOf } from '#operation/declare/statements.ts';
import { operation } from '#test/local/operation.ts';
import { partsOf, reviewOf } from './review.ts';

function functionWith(grants: Grants): CatalogFunction {
  const rest = { kind: 'schedule', everyMinutes: 1, timeoutSeconds: 5 } as const;
  return { path: 'schedules/one', declaration: { ...rest, name: 'one', summary: '', grants } };
}

const use = (name: string): GrantUse => {
  const [action = '', resource = ''] = name.split(' ');
  return { function: 'one', action, resource, isAllowed: true };
};

const review = (grants: Grants, ...uses: string[]) =>
  reviewOf([functionWith(grants)], uses.map(use))[0];

const READ = 'dynamodb:BatchGetItem table/ledger';
const PUT = 'dynamodb:PutItem table/ledger';
const SEND = 'sqs:SendMessage queue/notifications';

describe('a review', () => {
  test('finds nothing where what is granted is used', () => {
    const found = review({ ledger: ['read', 'put'], sends: ['notifications'] }, READ, PUT, SEND);
    expect(found).toMatchObject({ unused: [], unproven: [], refused: [] });
  });

  test('names what no test uses, and the grant it comes from', () => {
    const found = review({ ledger: ['read', 'update'], sends: ['notifications'] }, READ);
    expect(found?.unused).toEqual(['dynamodb:UpdateItem table/ledger', SEND]);
    expect(found?.unproven).toEqual(['ledger: update', 'sends: notifications']);
  });

  test('names what was refused', () => {
    expect(review({ ledger: ['read'] }, READ, PUT)?.refused).toEqual([PUT]);
  });

  test('excuses what AWS itself does in the name of a function', () => {
    const found = review({ ledger: ['read'] }, READ);
    expect(found?.excused).toEqual(['kms:Decrypt key/tables', 'kms:DescribeKey key/tables']);
  });
});

describe('a review of errors', () => {
  const { declaration: getOrder } = operation('one', ['GET /order/{order_uuid}']);
  const reviewOfErrors = (errors: readonly string[], ...answered: string[]) => {
    const declaration = { ...getOrder, errors } as typeof getOrder;
    const uses = answered.map((code) => ({ ...use(`${ERROR} ${code}`), isAllowed: false }));
    return reviewOf([{ path: 'paylands/one', declaration }], uses)[0];
  };

  test('finds nothing where what is declared is answered', () => {
    const found = reviewOfErrors(['order_not_found'], 'order_not_found');
    expect(found).toMatchObject({ neverAnswered: [], undeclared: [], refused: [] });
  });

  test('names what no test brings about, but what only a race does', () => {
    const found = reviewOfErrors(['order_not_found', 'order_busy', 'write_conflict'], 'order_busy');
    expect(found).toMatchObject({ neverAnswered: ['order_not_found'], undeclared: [] });
  });

  test('names what is answered and not declared', () => {
    const found = reviewOfErrors([], 'order_busy');
    expect(found).toMatchObject({ neverAnswered: [], undeclared: ['order_busy'] });
  });
});

const granted = catalog
  .map(({ path, declaration }) => ({ path, declaration }))
  .filter(({ declaration }) => partsOf(declaration.grants).length > 0);

describe.each(granted)('$path', ({ declaration }) => {
  test.each(partsOf(declaration.grants))('without $part may do less', ({ without }) => {
    const queue = declaration.kind === 'job' ? { queue: declaration.queue } : {};
    const left = statementsOf({ grants: without, ...queue });
    const all = statementsOf({ grants: declaration.grants, ...queue }).flatMap((one) =>
      one.actions.flatMap((action) => one.resources.map((resource) => ({ action, resource }))),
    );
    expect(all.every(({ action, resource }) => allows(left, action, resource))).toBe(false);
  });
});
