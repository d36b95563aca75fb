import { httpCall, type RawAnswer } from '#test/support/http-call.ts';

/** A page as a buyer's browser got it. */
export interface Visit extends RawAnswer {
  /** The address that the page has. */
  url: string;
}

const MAX_REDIRECTS = 5;

/** What a buyer's browser says of itself. */
export const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:106.0) Gecko/20100101 Firefox/106.0';

/** Opens an address and follows redirects within the same host; the shop's own are left. */
export async function open(url: string, body?: Record<string, string>): Promise<Visit> {
  let visit = await call(url, body);
  for (let count = 0; visit.status === 303; count += 1) {
    if (count === MAX_REDIRECTS) throw new Error(`Too many redirects from ${url}`);
    const next = new URL(visit.headers.location ?? '', visit.url);
    if (next.host !== new URL(url).host) return visit;
    visit = await call(next.href);
  }
  return visit;
}

/** Sends the form of a page, with what its buyer typed in or pressed. */
export function submit(page: Visit, fields: Record<string, string>): Promise<Visit> {
  const [, attempt = ''] = /name="attempt" value="([0-9a-f]+)"/.exec(page.text) ?? [];
  return open(page.url, { attempt, ...fields });
}

async function call(url: string, body?: Record<string, string>): Promise<Visit> {
  const answer = await httpCall(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'accept-language': 'en',
      'user-agent': USER_AGENT,
    },
    body: body === undefined ? undefined : new URLSearchParams(body).toString(),
  });
  return { ...answer, url };
}
