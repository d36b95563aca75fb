import * as z from 'zod/mini';
import {
  batchFields,
  MAX_FILE_BODY_BYTES,
  receiveFile,
} from '#faces/paylands/files/batch-operation.ts';
import { REFUND_COLUMNS, refundRow } from '#faces/paylands/files/batch-rows.ts';
import { batchAnswer } from '#faces/paylands/files/batch-shapes.ts';
import { csvFile } from '#faces/paylands/files/file-field.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';

/** Contract C.10, F.3. */
const operation = paylandsOperation({
  name: 'batchRefunds',
  summary: 'Queue a refunds file',
  tag: 'Batch',
  routes: ['POST /batch/refunds'],
  profiles: ['batch_refund'],
  grants: { ledger: ['read', 'put'], sends: ['batch-rows'] },
  timeoutSeconds: 29,
  maxBodyBytes: MAX_FILE_BODY_BYTES,
  body: z.object({ data: csvFile(REFUND_COLUMNS), ...batchFields }),
  response: batchAnswer,
  errors: ['file_already_received'],
  handle: ({ body, ...given }) => receiveFile(given, body, 'refunds', refundRow),
});

export default operation;
export const { handler } = operation;
