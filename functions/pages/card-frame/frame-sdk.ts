import * as z from 'zod/mini';
import { FRAME_SDK } from '#faces/pages/views/frame-sdk.ts';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';

/** Contract G: the script that shops load to have cards typed into a frame of ours. */
const declaration: OperationDeclaration = {
  kind: 'operation',
  face: 'paylands',
  page: true,
  atRoot: true,
  name: 'frameSdk',
  summary: 'The script of the card frame',
  tag: 'Hosted pages',
  routes: ['GET /js/v1-iframe.js'],
  profiles: [],
  signed: false,
  timeoutSeconds: 10,
  grants: {},
  response: z.string(),
  errors: {},
};

const operation = {
  declaration,
  handler: async () => ({
    statusCode: 200,
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=300',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    },
    body: FRAME_SDK,
  }),
};

export default operation;
export const { handler } = operation;
