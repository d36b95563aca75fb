import * as z from 'zod/mini';
import {
  batchFields,
  MAX_FILE_BODY_BYTES,
  receiveFile,
} from '#faces/paylands/files/batch-operation.ts';
import { AUTHORIZATION_COLUMNS, authorizationRow } from '#faces/paylands/files/batch-rows.ts';
import { batchAnswer } from '#faces/paylands/files/batch-shapes.ts';
import { csvFile } from '#faces/paylands/files/file-field.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';

/** Contract C.10, F.2. */
const operation = paylandsOperation({
  name: 'batchAuthorizations',
  summary: 'Queue a payments file',
  tag: 'Batch',
  routes: ['POST /batch/authorizations'],
  profiles: ['batch_authorization'],
  grants: { ledger: ['read', 'put'], sends: ['batch-rows'] },
  timeoutSeconds: 29,
  maxBodyBytes: MAX_FILE_BODY_BYTES,
  body: z.object({ data: csvFile(AUTHORIZATION_COLUMNS), ...batchFields }),
  response: batchAnswer,
  errors: ['file_already_received', 'acquirer_not_configured'],
  handle: ({ body, ...given }) => {
    const services = new Set(given.context.merchant.services.map(({ uuid }) => uuid));
    return receiveFile(given, body, 'authorizations', (row) => authorizationRow(row, services));
  },
});

export default operation;
export const { handler } = operation;
