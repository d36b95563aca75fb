import { expect } from 'vitest';
import { type Scenario, type ScenarioRequest, saveCard, step } from './scenario.ts';

const LIST = { type: 'BLACKLIST', enabled: true, description: 'Black list example' };
const uuid = '$list.colorlists.uuid';

const create = (fields: object = {}): ScenarioRequest => ({
  operation: 'createColorList',
  body: { ...LIST, ...fields },
});
const on = (operation: string, body?: object, list = uuid): ScenarioRequest => ({
  operation,
  params: { list_uuid: list },
  ...(body === undefined ? {} : { body: { ...body } }),
});
const read = on('getColorList');
const add = (...items: object[]) => on('addColorListItems', { items });

// Disabled, so that the other scenarios' payments are not screened by it.
const before = [step('list', create({ enabled: false }))];
const ITEMS = [
  { type: 'IP', value: '203.0.113.7' },
  { type: 'IP', value: '198.51.100.0/24' },
  { type: 'EMAIL', value: 'mallory@example.com' },
  { type: 'COUNTRY', value: 'MLT' },
];
const withItems = [...before, step('added', add(...ITEMS))];

/** Contract C.13. */
export const colorListScenarios: Scenario[] = [
  {
    title: 'creates a list for all services',
    request: create({ type: 'GREYLIST', enabled: 0 }),
    status: 200,
    body: {
      colorlists: {
        uuid: expect.stringMatching(/^[0-9A-F-]{36}$/),
        type: 'GREYLIST',
        enabled: false,
        description: 'Black list example',
        services: [],
        items: [],
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      },
    },
  },
  {
    title: 'names every field that is wrong',
    request: create({ type: 'REDLIST', enabled: 'perhaps', description: '' }),
    status: 400,
    body: { details: expect.stringMatching(/type .*enabled .*description /s) },
  },
  {
    title: 'lists the lists of a type',
    before,
    request: { operation: 'listColorLists', suffix: '?type=BLACKLIST' },
    status: 200,
  },
  {
    title: 'lists no type that there is not',
    request: { operation: 'listColorLists', suffix: '?type=RED' },
    status: 400,
  },
  {
    title: 'reads a list with its items',
    before: withItems,
    request: read,
    status: 200,
    body: {
      colorlists: {
        uuid,
        items: expect.arrayContaining(ITEMS.map((one) => expect.objectContaining(one))),
      },
    },
  },
  {
    title: 'reads no unknown list',
    request: on('getColorList', undefined, '$unknown'),
    status: 404,
    body: { details: expect.stringMatching(/^List not found: /) },
  },
  { title: 'deletes a list', before: withItems, request: on('deleteColorList', {}), status: 200 },
  {
    title: 'deletes once',
    before: [...before, step('gone', on('deleteColorList', {}))],
    request: on('deleteColorList', {}),
    status: 404,
  },
  {
    title: 'does not read a deleted list',
    before: [...withItems, step('gone', on('deleteColorList', {}))],
    request: read,
    status: 404,
  },
  {
    title: 'turns a list to what it is not',
    before,
    request: on('toggleColorList', {}),
    status: 200,
    body: { colorlists: { uuid, enabled: true } },
  },
  {
    title: 'turns a list to what is asked',
    before,
    request: on('toggleColorList', { enabled: false }),
    status: 200,
    body: { colorlists: { enabled: false } },
  },
  {
    title: 'turns a list to nothing else',
    before,
    request: on('toggleColorList', { enabled: 'x' }),
    status: 400,
  },
  { title: 'turns no unknown list', request: on('toggleColorList', {}, '$unknown'), status: 404 },
  {
    title: 'associates a service',
    before,
    request: on('addColorListService', { service_uuid: '$services.redsys' }),
    status: 200,
  },
  {
    title: 'shows the services of a list once',
    before: [
      ...before,
      step('first', on('addColorListService', { service_uuid: '$services.redsys' })),
      step('again', on('addColorListService', { service_uuid: '$services.redsys|lower' })),
    ],
    request: read,
    status: 200,
    body: { colorlists: { services: ['$services.redsys'] } },
  },
  {
    title: 'associates no unknown service',
    before,
    request: on('addColorListService', { service_uuid: '$unknown' }),
    status: 400,
  },
  {
    title: 'associates nothing with an unknown list',
    request: on('addColorListService', { service_uuid: '$services.redsys' }, '$unknown'),
    status: 404,
  },
  {
    title: 'dissociates a service',
    before: [
      ...before,
      step('added', on('addColorListService', { service_uuid: '$services.redsys' })),
    ],
    request: on('removeColorListService', { service_uuid: '$services.redsys' }),
    status: 200,
  },
  {
    title: 'dissociates no service that is not the list’s',
    before,
    request: on('removeColorListService', { service_uuid: '$services.redsys' }),
    status: 400,
  },
  {
    title: 'dissociates nothing from an unknown list',
    request: on('removeColorListService', { service_uuid: '$unknown' }, '$unknown'),
    status: 404,
  },
  { title: 'adds items', before, request: add(...ITEMS), status: 200 },
  {
    title: 'adds an item once, in whatever form it is written',
    before: [
      ...before,
      step(
        'first',
        add({ type: 'IP', value: '::ffff:203.0.113.7' }, { type: 'EMAIL', value: 'A@example.com' }),
      ),
      step(
        'again',
        add({ type: 'IP', value: '203.0.113.7' }, { type: 'EMAIL', value: 'a@EXAMPLE.com' }),
      ),
    ],
    request: read,
    status: 200,
    body: { colorlists: { items: { length: 2 } } },
  },
  {
    title: 'keeps of a card number its token',
    before: [
      ...before,
      step('card', saveCard()),
      step('added', add({ type: 'CARD', value: '4548812049400004' })),
    ],
    request: read,
    status: 200,
    body: { colorlists: { items: [{ type: 'CARD', value: '$card.Source.token' }] } },
  },
  {
    title: 'adds no card of an unknown uuid',
    before,
    request: add({ type: 'CARD', value: '$unknown' }),
    status: 404,
  },
  {
    title: 'names every item that is wrong',
    before,
    request: add(
      { type: 'IP', value: '300.1.1.1' },
      { type: 'BIN', value: '45' },
      { type: 'CAR', value: 'x' },
    ),
    status: 400,
    body: {
      details: expect.stringMatching(/items\[0\]\.value .*items\[1\]\.value .*items\[2\]\.type /s),
    },
  },
  {
    title: 'adds nothing to an unknown list',
    request: on('addColorListItems', { items: ITEMS }, '$unknown'),
    status: 404,
  },
  {
    title: 'removes items by value',
    before: withItems,
    request: on('removeColorListItems', { items: ['203.0.113.7'] }),
    status: 200,
  },
  {
    title: 'has no removed items',
    before: [
      ...withItems,
      step('read', read),
      step(
        'removed',
        on('removeColorListItems', {
          items: ['203.0.113.7', '198.51.100.0/24', 'MALLORY@example.com', 'MT'],
        }),
      ),
    ],
    request: read,
    status: 200,
    body: { colorlists: { items: [] } },
  },
  {
    title: 'has no card that was removed by its number',
    before: [
      ...before,
      step(
        'added',
        add(
          { type: 'CARD', value: '4548812049400004' },
          { type: 'CARD', value: '4548810000000003' },
        ),
      ),
      step('removed', on('removeColorListItems', { items: ['4548810000000003'] })),
      step('card', saveCard()),
    ],
    request: read,
    status: 200,
    body: { colorlists: { items: [{ type: 'CARD', value: '$card.Source.token' }] } },
  },
  {
    title: 'removes nothing without saying what',
    before,
    request: on('removeColorListItems', { items: [] }),
    status: 400,
  },
  {
    title: 'removes nothing from an unknown list',
    request: on('removeColorListItems', { items: ['x'] }, '$unknown'),
    status: 404,
  },
];
