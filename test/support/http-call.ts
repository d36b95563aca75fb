import { Agent, type IncomingHttpHeaders, request } from 'node:http';

/** What came back, as it was on the wire. */
export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Call {
  method: string;
  headers?: Record<string, string>;
  body?: string | Buffer | undefined;
}

const agent = new Agent({ keepAlive: true });

/**
 * One request. Not `fetch`: that follows redirects and refuses a body on GET, and both are facts
 * of the contract.
 */
export function httpCall(url: string, { method, headers = {}, body }: Call): Promise<RawAnswer> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const options = { method, headers: { ...headers, ...length }, agent };
  return new Promise((resolve, reject) => {
    const call = request(url, options, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      reply.on('error', reject);
      reply.on('end', () => {
        resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text });
      });
    });
    call.on('error', reject).end(body);
  });
}
