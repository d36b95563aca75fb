import SHOP_SDK from '#faces/pages/built/shop-sdk.ts';
import { pageOperation } from '#faces/pages/operation.ts';

/** Contract G: the script that shops load to have cards typed into a frame of ours. */
const operation = pageOperation({
  name: 'frameSdk',
  summary: 'The script of the card frame',
  route: 'GET /js/v1-iframe.js',
  atRoot: true,
  grants: {},
  respond: () => ({
    script: {
      status: 200,
      headers: {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=300',
        'cross-origin-resource-policy': 'cross-origin',
      },
      body: SHOP_SDK,
    },
  }),
});

export default operation;
export const { handler } = operation;
