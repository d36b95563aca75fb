import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page of a shop, from an origin of its own. */
export interface ShopPage {
  url: string;
  close(): void;
}

/** Serves a page; its markup is asked for on every visit. */
export async function startShopPage(markup: () => string): Promise<ShopPage> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(markup());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
