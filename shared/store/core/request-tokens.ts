import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * Has a client send transactions without the token that the SDK adds, by which DynamoDB remembers
 * them for ten minutes. Ours are recognised by what they wrote, for ever, and the engine of a laptop
 * slows with each token.
 */
export function withoutRequestTokens({ middlewareStack }: DynamoDBClient): void {
  middlewareStack.add(
    (next, { commandName }) => {
      if (commandName !== 'TransactWriteItemsCommand') return next;
      return (args) => {
        const request = args.request as { body?: unknown };
        if (request.body instanceof Uint8Array) request.body = withoutToken(request.body);
        return next(args);
      };
    },
    { step: 'serialize', priority: 'low', name: 'withoutRequestTokens' },
  );
}

const TOKEN = /,"ClientRequestToken":"[^"]*"\}$/;

/** The token is the last field of the request, after everything a client's data can appear in. */
function withoutToken(body: Uint8Array): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const match = TOKEN.exec(bytes.subarray(-80).toString('latin1'));
  if (match === null) return body;
  return Buffer.concat([bytes.subarray(0, -match[0].length), CLOSE]);
}

const CLOSE = Buffer.from('}');
