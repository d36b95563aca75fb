import type { APIGatewayProxyEventV2 } from 'aws-lambda';

export type Theme = 'light' | 'dark';

/** Where a page is shown. */
export interface Look {
  /** Inside a page of the shop, which has a margin and a background of its own. */
  isFramed: boolean;
  /** Null is what the system of its reader prefers. */
  theme: Theme | null;
}

export const PLAIN_LOOK: Look = { isFramed: false, theme: null };

/**
 * How a page that is asked for shall look: `?theme=` says so, and inside a shop it is light, as
 * most shops are whatever the system of their visitors prefers.
 */
export function lookOf({ headers, queryStringParameters }: APIGatewayProxyEventV2): Look {
  const isFramed = headers['sec-fetch-dest'] === 'iframe';
  const { theme } = queryStringParameters ?? {};
  if (theme === 'light' || theme === 'dark') return { isFramed, theme };
  return { isFramed, theme: isFramed ? 'light' : null };
}
