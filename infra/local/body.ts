import type { IncomingMessage } from 'node:http';

/** API Gateway takes bodies of up to 10 MB. */
const MAX_BYTES = 10 * 1024 * 1024;

/**
 * How long the rest of a body that is too large is read and dropped: a client that is still
 * sending when the connection closes may never see the answer.
 */
const LINGER_MS = 2000;

export type Body = Buffer | null | 'too_large' | 'aborted';

/** The body of a request; null when it has none. */
export function readBody(request: IncomingMessage): Promise<Body> {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding === undefined && (length === undefined || length === '0')) {
    return Promise.resolve(null);
  }
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      const before = size;
      size += chunk.length;
      if (size <= MAX_BYTES) chunks.push(chunk);
      else if (before <= MAX_BYTES) {
        chunks = [];
        setTimeout(() => resolve('too_large'), LINGER_MS).unref();
      }
    });
    request.on('end', () => resolve(size > MAX_BYTES ? 'too_large' : joined(chunks)));
    request.on('close', () => resolve('aborted'));
  });
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
}
