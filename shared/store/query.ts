import {
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { Attributes } from './items.ts';

/** The items of a query, page by page as they are asked for. */
export async function* query(
  client: DynamoDBClient,
  input: QueryCommandInput,
): AsyncGenerator<Attributes> {
  let next: Attributes | undefined;
  do {
    const page: QueryCommandOutput = await client.send(
      new QueryCommand({ ...input, ExclusiveStartKey: next }),
    );
    yield* page.Items ?? [];
    next = page.LastEvaluatedKey;
  } while (next !== undefined);
}
