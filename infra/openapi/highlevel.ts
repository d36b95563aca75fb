import * as z from 'zod/mini';
import type { HighLevelDeclaration } from '#faces/highlevel/declaration.ts';
import { statusOf } from '#faces/highlevel/errors.ts';
import {
  errorShape,
  fulfillmentShape,
  noteShape,
  orderRowShape,
  orderShape,
  transactionRowShape,
  transactionShape,
} from '#faces/highlevel/shapes.ts';
import { isMutating } from '#operation/declare/grants.ts';
import { LOCATION } from './examples.ts';
import {
  FAILED,
  FAULT,
  type FaceDocumentation,
  IDEMPOTENCY_ERRORS,
  IDEMPOTENCY_KEY,
  quoted,
} from './face.ts';
import { HIGHLEVEL_ANSWERS } from './fields/answers.ts';
import { HIGHLEVEL_ERRORS } from './fields/errors.ts';
import { HIGHLEVEL_FIELDS } from './fields/highlevel.ts';

const DESCRIPTION = `A faithful copy of the HighLevel Payments API: the official SDK works against it \
by changing its base URL. A location stands for a merchant in one environment: \`liveMode\` tells \
which.

Amounts are major units with decimals (\`10.5\` is 10.50 EUR). Every order and transaction of the \
Paylands API is here too, under a HighLevel id that it has from the beginning.

Another method of a known path is answered 405, with \`Allow\`; an unknown path 404.

With the header \`Idempotency-Key\`, an extension of ours, a request can be repeated safely: the first \
answer is replayed for 72 hours, with \`Idempotent-Replayed: true\`.`;

const shapes = z.core.registry<{ id: string }>();
shapes.add(orderShape, { id: 'Order' });
shapes.add(orderRowShape, { id: 'OrderRow' });
shapes.add(transactionShape, { id: 'Transaction' });
shapes.add(transactionRowShape, { id: 'TransactionRow' });
shapes.add(fulfillmentShape, { id: 'Fulfillment' });
shapes.add(noteShape, { id: 'Note' });
shapes.add(errorShape, { id: 'Error' });

const VERSION = {
  name: 'Version',
  in: 'header',
  required: true,
  description: 'Any published version of the API; all of them mean the same here.',
  schema: {
    type: 'string',
    enum: ['2021-07-28', '2021-04-15', '2023-02-21', 'v3', 'legacy'],
  },
};

const TOKENS: Record<HighLevelDeclaration['tokens'], string> = {
  location: 'For tokens of the location',
  app: "For a marketplace app's tokens of the location",
  app_or_company: "For a marketplace app's tokens of the location or of its company",
};

export const HIGHLEVEL: FaceDocumentation<HighLevelDeclaration> = {
  face: 'highlevel',
  title: 'Pasarela: HighLevel Payments API',
  description: DESCRIPTION,
  security: [{ bearer: [] }],
  securitySchemes: {
    bearer: {
      type: 'http',
      scheme: 'bearer',
      description: "A private integration token or an app's access token.",
    },
  },
  parameters: { Version: VERSION, IdempotencyKey: IDEMPOTENCY_KEY, Fault: FAULT },
  parametersOf: (declaration) => [
    'Version',
    ...(isMutating(declaration) ? ['IdempotencyKey'] : []),
    'Fault',
  ],
  shapes,
  error: errorShape,
  examples: {
    altId: LOCATION,
    altType: 'location',
    amount: 10.5,
    mode: 'cash',
    notes: 'Paid at the counter',
    trackingNumber: '40012345678',
    shippingCarrier: 'FedEx',
    priceId: '6578278e879ad2646715ba9c',
    qty: 1,
    notifyCustomer: true,
    name: 'New Year Sale',
    code: 'LEVELUPDAY2026',
    id: '6241712be68f7a98102ba272',
    discountType: 'percentage',
    discountValue: 10,
    startDate: '2026-01-01T00:00:00.000Z',
    endDate: '2026-12-31T00:00:00.000Z',
    uniqueName: 'easy-direct',
    title: 'Easy Direct',
    provider: 'nmi',
    description: 'Cards and wallets.',
    imageUrl: 'https://example.com/image.png',
    paymentsUrl: 'https://example.com/pay',
    queryUrl: 'https://example.com/query',
    supportsSubscriptionSchedule: true,
    supportsSubscriptionSchedules: true,
    locationId: LOCATION,
    live: { apiKey: 'live-key', publishableKey: 'live-publishable' },
    test: { apiKey: 'test-key', publishableKey: 'test-publishable' },
    liveMode: false,
  },
  fields: HIGHLEVEL_FIELDS,
  answers: HIGHLEVEL_ANSWERS,
  errorTexts: HIGHLEVEL_ERRORS,
  invalid: 422,
  statusOf,
  successOf: ({ success }) => success,
  accessOf: ({ tokens, scopes }) =>
    scopes.length === 0
      ? `${TOKENS[tokens]}.`
      : `${TOKENS[tokens]} with the scope ${quoted(scopes)}.`,
  bodyOf: (schema) => schema,
  processingErrorsOf: (declaration) => ({
    400: '`Version` is not a version',
    401: '`Version` is missing or unknown; the token is missing, not valid, or without the scope',
    403: 'The token is of another location',
    ...(declaration.body === undefined ? {} : { 413: 'The body is too large' }),
    ...(isMutating(declaration) ? IDEMPOTENCY_ERRORS : {}),
    500: FAILED,
  }),
};
