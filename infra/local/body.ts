import type { IncomingMessage } from 'node:http';

/** API Gateway takes bodies of up to 10 MB. */
const MOST_BYTES = 10 * 1024 * 1024;

/** The body of a request; null when it has none. */
export function readBody(
  request: IncomingMessage,
): Promise<Buffer | null | 'too_large' | 'aborted'> {
  const length = request.headers['content-length'];
  if (Number(length) > MOST_BYTES) return Promise.resolve('too_large');
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(length) > 0;
  return hasBody ? collect(request) : Promise.resolve(null);
}

function collect(request: IncomingMessage): Promise<Buffer | 'too_large' | 'aborted'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MOST_BYTES) chunks.push(chunk);
      else {
        request.pause();
        resolve('too_large');
      }
    });
    request.on('end', () =>
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
    );
    request.on('close', () => resolve('aborted'));
    request.on('error', () => resolve('aborted'));
  });
}
