import * as z from 'zod/mini';
import type { PaylandsDeclaration } from '#faces/paylands/declaration.ts';
import { statusOf } from '#faces/paylands/errors.ts';
import {
  cardShape,
  emptyAnswer,
  errorAnswer,
  orderAnswer,
  sourceAnswer,
} from '#faces/paylands/shapes.ts';
import { isMutating } from '#operation/declare/grants.ts';
import { ALTERNATIVES, EXAMPLES, SIGNATURE } from './examples.ts';
import {
  FAILED,
  FAULT,
  type FaceDocumentation,
  IDEMPOTENCY_ERRORS,
  IDEMPOTENCY_KEY,
  quoted,
} from './face.ts';
import { PAYLANDS_ANSWERS } from './fields/answers.ts';
import { PAYLANDS_ERRORS } from './fields/errors.ts';
import { PAYLANDS_FIELDS } from './fields/paylands.ts';
import type { Schema } from './schema.ts';

const DESCRIPTION = `A faithful copy of the Paylands REST API: a program written for Paylands runs \
against it by changing its base URL. \`/v1/sandbox\` moves no money.

Amounts are integers in minor units (\`1050\` is 10.50 EUR). Numbers may be sent as text and booleans \
as 0 and 1; fields that are null, empty or unknown are ignored. Answers may gain fields at any time.

A refused payment is answered with 200 too: what counts is the order's \`status\`.

Another method of a known path is answered 405, with \`Allow\`; an unknown path 404.

\`POST\`, \`PUT\` and \`DELETE\` carry the merchant's \`signature\` in the body. With the header \
\`Idempotency-Key\` a request can be repeated safely: the first answer is replayed for 72 hours, with \
\`Idempotent-Replayed: true\`.`;

const shapes = z.core.registry<{ id: string }>();
shapes.add(cardShape, { id: 'Card' });
shapes.add(orderAnswer.shape.order.shape.transactions.def.element, { id: 'Transaction' });
shapes.add(orderAnswer.shape.order, { id: 'Order' });
shapes.add(orderAnswer, { id: 'OrderAnswer' });
shapes.add(sourceAnswer, { id: 'CardAnswer' });
shapes.add(emptyAnswer, { id: 'EmptyAnswer' });
shapes.add(errorAnswer, { id: 'Error' });

export const PAYLANDS: FaceDocumentation<PaylandsDeclaration> = {
  face: 'paylands',
  title: 'Pasarela: Paylands API',
  description: DESCRIPTION,
  security: [{ bearer: [] }, { basic: [] }, { plain: [] }],
  securitySchemes: {
    bearer: { type: 'http', scheme: 'bearer', description: 'The API key as the token.' },
    basic: {
      type: 'http',
      scheme: 'basic',
      description: 'The API key as the user name and an empty password, with or without the colon.',
    },
    plain: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description: 'The API key, without a scheme.',
    },
  },
  parameters: { IdempotencyKey: IDEMPOTENCY_KEY, Fault: FAULT },
  parametersOf: (declaration) => {
    if (declaration.page === true) return [];
    return isMutating(declaration) ? ['IdempotencyKey', 'Fault'] : ['Fault'];
  },
  shapes,
  error: errorAnswer,
  examples: EXAMPLES,
  fields: PAYLANDS_FIELDS,
  answers: PAYLANDS_ANSWERS,
  errorTexts: PAYLANDS_ERRORS,
  invalid: 400,
  statusOf,
  successOf: () => 200,
  accessOf: ({ page, profiles }) => {
    if (page === true) return 'For browsers: a token opens it, no API key.';
    if (profiles.length === 0) return 'Any API key may call it.';
    return `For API keys with one of the profiles ${quoted(['all', ...profiles])}.`;
  },
  bodyOf(schema, declaration) {
    const shown = withoutExamples(schema, ALTERNATIVES[declaration.name] ?? []);
    return declaration.signed ? signed(shown) : shown;
  },
  processingErrorsOf: (declaration) =>
    declaration.page === true ? pageErrorsOf(declaration) : errorsOf(declaration),
};

function pageErrorsOf({ routes: [route] }: PaylandsDeclaration): Record<number, string> {
  return {
    ...(route.startsWith('POST ') ? { 413: 'The form is too large' } : {}),
    500: 'Something failed here; it is safe to try again',
  };
}

function errorsOf(declaration: PaylandsDeclaration): Record<number, string> {
  return {
    401: 'The API key is missing, unknown or of the other environment',
    ...(declaration.profiles.length === 0 && !declaration.signed
      ? {}
      : { 403: 'The profile of the API key does not allow it, or the signature is wrong' }),
    ...(declaration.body === undefined ? {} : { 413: 'The body is too large' }),
    ...(isMutating(declaration) ? IDEMPOTENCY_ERRORS : {}),
    500: FAILED,
  };
}

function withoutExamples(schema: Schema, names: readonly string[]): Schema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const { examples: _examples, ...rest } = property;
    return [name, names.includes(name) ? rest : property];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** The signature is checked before the body is: no body declares it. */
function signed(schema: Schema): Schema {
  const signature = { type: 'string', examples: [SIGNATURE] };
  return {
    ...schema,
    properties: { signature, ...schema.properties },
    required: ['signature', ...(schema.required ?? [])],
  };
}
