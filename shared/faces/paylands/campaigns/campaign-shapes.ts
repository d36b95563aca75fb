import * as z from 'zod/mini';
import { answerShape } from '#faces/paylands/shapes.ts';

const text = z.string();
const nullable = z.nullable(text);
const linkState = z.enum(['PENDING', 'COMPLETED', 'ERROR_CREATING', 'ERROR_SENDING']);

export const campaignAnswer = answerShape({
  detail: z.looseObject({
    id: z.int(),
    uuid: text,
    description: text,
    serviceUUID: text,
    clientID: z.int(),
    clientUUID: text,
    type: z.enum(['PHONE', 'MAIL', 'CUSTOM_DELIVERY']),
    status: linkState,
    entry: z.literal('WEBSERVICE'),
    createdAt: text,
    expiresAt: text,
    subject: nullable,
    filename: nullable,
    error: nullable,
  }),
  payments: z.array(
    z.looseObject({
      id: z.int(),
      uuid: text,
      detailUUID: text,
      line: z.int(),
      status: linkState,
      amount: z.int(),
      operative: z.enum(['AUTHORIZATION', 'DEFERRED']),
      secure: z.boolean(),
      destination: text,
      createdAt: text,
      externalID: nullable,
      additional: nullable,
      urlPost: nullable,
      urlOk: nullable,
      urlKo: nullable,
      cardTemplate: nullable,
      dccTemplate: nullable,
      moToTemplate: nullable,
    }),
  ),
});
