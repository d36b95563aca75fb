import { expect, test } from 'vitest';
import { catalog } from '#functions/catalog.ts';
import type { Grants } from '#operation/declare/declaration.ts';
import { unionOf, variablesOf } from '#operation/declare/grants.ts';
import { allows, statementsOf } from '#operation/declare/statements.ts';

const may = (grants: Grants, action: string, resource: string) =>
  allows(statementsOf({ grants }), action, resource);

test('without grants nothing is allowed', () => {
  expect(statementsOf({ grants: {} })).toEqual([]);
  expect(may({}, 'dynamodb:GetItem', 'table/ledger')).toBe(false);
});

test.each<[Grants, string, string]>([
  [{ ledger: ['read', 'put'] }, 'dynamodb:PutItem', 'table/ledger'],
  [{ access: 'read' }, 'dynamodb:GetItem', 'table/access'],
  [{ access: 'list' }, 'dynamodb:Query', 'table/access'],
  [{ sends: ['notifications'] }, 'sqs:SendMessage', 'queue/notifications'],
  [{ key: true }, 'kms:Decrypt', 'key/data'],
  [{ acquirer: true }, 'acquirer:Ask', 'acquirer'],
  [{ messages: ['mail', 'sms'] }, 'ses:SendEmail', 'sender'],
  [{ messages: ['mail', 'sms'] }, 'sns:Publish', 'phone'],
])('%j allows %s on %s', (grants, action, resource) => {
  expect(may(grants, action, resource)).toBe(true);
});

test.each<[Grants, string, string]>([
  [{ ledger: ['read'] }, 'dynamodb:PutItem', 'table/ledger'],
  [{ ledger: ['read', 'put'] }, 'dynamodb:PutItem', 'table/access'],
  [{ ledger: ['read', 'put'] }, 'dynamodb:Scan', 'table/ledger'],
  [{ access: 'read' }, 'dynamodb:Query', 'table/access'],
  [{ sends: ['notifications'] }, 'sqs:SendMessage', 'queue/push-confirmations'],
  [{ key: true }, 'kms:Encrypt', 'key/data'],
  [{ ledger: ['read', 'put'], key: true }, 'acquirer:Ask', 'acquirer'],
  [{ messages: ['mail', 'sms'] }, 'sns:Publish', 'topic'],
])('%j does not allow %s on %s', (grants, action, resource) => {
  expect(may(grants, action, resource)).toBe(false);
});

test('a denial outweighs what is allowed', () => {
  const allowed = { effect: 'allow', actions: ['sns:Publish'], resources: ['topic'] } as const;
  const denied = { ...allowed, effect: 'deny' } as const;
  expect(allows([allowed], 'sns:Publish', 'topic')).toBe(true);
  expect(allows([allowed, denied], 'sns:Publish', 'topic')).toBe(false);
});

test('who does what several functions do may do what each of them may', () => {
  const all = catalog.map(({ declaration }) => declaration.grants);
  const union = unionOf(all);
  for (const grants of all) {
    for (const { effect, actions, resources } of statementsOf({ grants })) {
      if (effect === 'deny') continue;
      for (const action of actions) {
        for (const resource of resources) {
          expect(may(union, action, resource), `${action} ${resource}`).toBe(true);
        }
      }
    }
    expect(variablesOf(union)).toEqual(expect.arrayContaining(variablesOf(grants)));
  }
});
