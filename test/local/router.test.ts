import { describe, expect, test } from 'vitest';
import { compileRoutes } from '#infra/local/router.ts';
import { operation } from './operation.ts';

const router = compileRoutes([
  operation('check', ['GET /']),
  operation('getOrder', ['GET /order/{order_uuid}']),
  operation('latestOrder', ['GET /order/latest']),
  operation('listCards', ['GET /customer/{customer_ext_id}/cards']),
  operation('customerProfile', ['GET /customer/profile/{external_id}']),
  operation('validateCard', ['POST /card/validate', 'PUT /card/validate']),
]);

function found(method: string, path: string): unknown {
  const match = router.find(method, path);
  return match && [match.operation.declaration.name, Object.fromEntries(match.parameters)];
}

describe('compileRoutes', () => {
  test.each([
    ['GET', '/v1', 'check', {}],
    ['GET', '/v1/', 'check', {}],
    ['GET', '/v1/sandbox', 'check', {}],
    ['GET', '/v1/sandbox/', 'check', {}],
    ['GET', '/v1/order/A', 'getOrder', { order_uuid: 'A' }],
    ['GET', '/v1/sandbox/order/A/', 'getOrder', { order_uuid: 'A' }],
    ['GET', '/v1/order/latest', 'latestOrder', {}],
    ['GET', '/v1/customer/profile/cards', 'customerProfile', { external_id: 'cards' }],
    ['GET', '/v1/customer/profile2/cards', 'listCards', { customer_ext_id: 'profile2' }],
    ['GET', '/v1/customer/a%2Fb/cards', 'listCards', { customer_ext_id: 'a%2Fb' }],
    ['POST', '/v1/card/validate', 'validateCard', {}],
    ['PUT', '/v1/sandbox/card/validate/', 'validateCard', {}],
  ])('%s %s is %s', (method, path, name, parameters) => {
    expect(found(method, path)).toEqual([name, parameters]);
  });

  test.each([
    ['GET', '/'],
    ['GET', ''],
    ['GET', '/v2/order/A'],
    ['GET', '/v1/order'],
    ['GET', '/v1/order/'],
    ['GET', '/v1/order//'],
    ['GET', '/v1//order/A'],
    ['GET', '/v1/order/A/B'],
    ['POST', '/v1/order/A'],
    ['GET', '/v1/card/validate'],
    ['HEAD', '/v1'],
    ['GET', '/v1/__proto__'],
  ])('%s %s is nothing', (method, path) => {
    expect(found(method, path)).toBeNull();
  });

  test('a literal segment does not hide a parameter of another method', () => {
    const both = compileRoutes([
      operation('one', ['GET /order/{id}']),
      operation('other', ['POST /order/latest']),
    ]);
    expect(both.find('GET', '/v1/order/latest')?.operation.declaration.name).toBe('one');
  });

  test.each([
    ['/v1/order/A', ['GET']],
    ['/v1/card/validate/', ['POST', 'PUT']],
    ['/v1/customer/profile/cards', ['GET']],
    ['/v1/sandbox', ['GET']],
    ['/v1/nothing', []],
    ['/v1/order/', []],
    ['/', []],
  ])('%s takes %s', (path, methods) => {
    expect(router.methodsOf(path)).toEqual(methods);
  });

  test('a path takes the methods of its literal and of its parameter', () => {
    const both = compileRoutes([
      operation('one', ['GET /order/{id}']),
      operation('other', ['POST /order/latest']),
    ]);
    expect(both.methodsOf('/v1/order/latest')).toEqual(['GET', 'POST']);
  });

  test('two operations cannot share a route', () => {
    const twice = [operation('one', ['GET /a/{x}']), operation('other', ['GET /a/{y}'])];
    expect(() => compileRoutes(twice)).toThrow('GET /v1/a/{y}');
  });
});
