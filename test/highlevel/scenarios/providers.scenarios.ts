import type { FaceRequest, FaceScenario, FaceStep } from './scenario.ts';

const PAGE = 'https://pay.example';
const KEYS = { apiKey: 'key', publishableKey: 'publishable' };

const register = (fields: object = {}): FaceRequest => ({
  operation: 'create-integration',
  body: {
    name: 'Pay',
    description: 'Pays',
    paymentsUrl: PAGE,
    queryUrl: PAGE,
    imageUrl: PAGE,
    ...fields,
  },
});

const connect: FaceRequest = { operation: 'create-config', body: { live: KEYS, test: KEYS } };
const disconnect = (liveMode: unknown): FaceRequest => ({
  operation: 'disconnect-config',
  body: { liveMode },
});

const registered: FaceStep[] = [{ as: 'provider', ...register() }];
const connected: FaceStep[] = [...registered, { as: 'keys', ...connect }];

const brand = (fields: object = {}): FaceRequest => ({
  operation: 'create-integration-provider',
  body: {
    uniqueName: '$name',
    title: 'Brand',
    provider: 'nmi',
    description: 'A brand',
    imageUrl: PAGE,
    ...fields,
  },
});

const placeless = (request: FaceRequest): FaceRequest => ({ ...request, isPlaceless: true });

export const providerScenarios: readonly FaceScenario[] = [
  {
    title: 'registers a provider',
    request: register(),
    status: 200,
    body: { name: 'Pay', locationId: '$location' },
  },
  { title: 'takes no address that is none', request: register({ queryUrl: 'x' }), status: 422 },
  { title: 'takes keys', before: registered, request: connect, status: 200 },
  { title: 'takes no keys of no provider', request: connect, status: 422 },
  {
    title: 'answers what is connected',
    before: connected,
    request: { operation: 'fetch-config' },
    status: 200,
  },
  { title: 'knows no provider', request: { operation: 'fetch-config' }, status: 404 },
  {
    title: 'needs a location',
    request: placeless({ operation: 'fetch-config' }),
    status: 422,
  },
  { title: 'disconnects one mode', before: connected, request: disconnect(false), status: 200 },
  { title: 'disconnects no provider', request: disconnect(true), status: 400 },
  { title: 'disconnects no mode at all', request: disconnect('perhaps'), status: 422 },
  {
    title: 'says what a provider can',
    before: registered,
    request: {
      operation: 'update-capabilities',
      body: { supportsSubscriptionSchedules: true },
    },
    status: 200,
  },
  {
    title: 'needs to know what a provider can',
    request: { operation: 'update-capabilities', body: {} },
    status: 422,
  },
  {
    title: 'removes a provider',
    before: connected,
    request: { operation: 'delete-integration' },
    status: 200,
  },
  { title: 'removes no provider', request: { operation: 'delete-integration' }, status: 400 },
  {
    title: 'needs a location',
    request: placeless({ operation: 'delete-integration' }),
    status: 422,
  },
  {
    title: 'creates a brand',
    request: brand(),
    status: 200,
    body: { title: 'Brand', provider: 'nmi' },
  },
  {
    title: 'creates no second one of a name',
    before: [{ as: 'brand', ...brand() }],
    request: brand(),
    status: 422,
  },
  {
    title: 'lists brands',
    before: [{ as: 'brand', ...brand() }],
    request: { operation: 'list-integration-providers' },
    status: 200,
    body: { providers: [{ route: '$name' }] },
  },
  {
    title: 'takes no limit that is none',
    request: { operation: 'list-integration-providers', query: { limit: 'x' } },
    status: 422,
  },
];
