import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { paylandsOperation } from '#faces/paylands/operation.ts';

const rest = {
  name: 'probe',
  summary: 'Probe',
  tag: 'Probes',
  grants: {},
  response: z.unknown(),
  handle: () => ({ answer: 'bare', body: null }) as const,
};

const profiles = ['payment'] as const;
const path = z.object({ order_uuid: z.string() });

/** What does not compile, each with what is wrong with it; the type checker reads this file. */
test('a declaration agrees with its route, the profiles and the errors that there are', () => {
  const routes = ['GET /order/{order_uuid}', 'GET /orders/{order_uuid}'] as const;
  const errors = ['order_not_found'] as const;
  const { declaration } = paylandsOperation({
    ...rest,
    routes,
    profiles,
    errors,
    path,
    handle: ({ path: { order_uuid } }) => ({ answer: 'bare', body: order_uuid }),
  });
  // @ts-expect-error the parameter has another name
  paylandsOperation({ ...rest, routes: ['GET /order/{uuid}'], profiles, errors, path });
  // @ts-expect-error the route has no parameter
  paylandsOperation({ ...rest, routes: ['GET /order'], profiles, errors, path });
  // @ts-expect-error the schema has no parameter
  paylandsOperation({ ...rest, routes, profiles, errors });
  // @ts-expect-error the alias has another parameter
  paylandsOperation({ ...rest, routes: [routes[0], 'GET /o/{id}'], profiles, errors, path });
  // @ts-expect-error no method
  paylandsOperation({ ...rest, routes: ['/order'], profiles, errors });
  // @ts-expect-error no such profile
  paylandsOperation({ ...rest, routes, profiles: ['pay'], errors, path });
  // @ts-expect-error no such error
  paylandsOperation({ ...rest, routes, profiles, errors: ['order_lost'], path });
  expect(declaration.errors).toEqual(['order_not_found']);
});

test('whatever writes may be refused because of another writer', () => {
  const writer = { ...rest, profiles, errors: [], grants: { ledger: ['put'] as const } };
  const post = paylandsOperation({ ...writer, routes: ['POST /order'] });
  expect(post.declaration.errors).toEqual(['write_conflict']);
  // What it writes down is what it counted.
  const get = paylandsOperation({ ...writer, routes: ['GET /orders'] });
  expect(get.declaration.errors).toEqual([]);
});

test('only who is granted to write can commit', () => {
  const own = { ...rest, routes: ['POST /probe'], profiles, errors: [] } as const;
  const reader = paylandsOperation({
    ...own,
    grants: { ledger: ['read', 'query lists'] },
    // @ts-expect-error a reader has no unit of work
    handle: ({ context }) => ({ answer: 'bare', body: context.work }),
  });
  paylandsOperation({
    ...own,
    grants: { ledger: ['read'] },
    // @ts-expect-error nor does its store commit
    handle: ({ context }) => ({ answer: 'bare', body: context.store.commit }),
  });
  const writer = paylandsOperation({
    ...own,
    grants: { ledger: ['read', 'put'] },
    handle: ({ context }) => ({ answer: 'bare', body: [context.work, context.store.commit] }),
  });
  expect(reader.declaration.grants.ledger).toEqual(['read', 'query lists']);
  expect(writer.declaration.grants.ledger).toEqual(['read', 'put']);
});
