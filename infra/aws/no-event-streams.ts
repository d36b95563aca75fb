/**
 * Stands in for the SDK's event streams in bundles: neither DynamoDB nor SQS has any, and they are
 * loaded only for operations that do.
 */
export class EventStreamSerde {
  constructor() {
    throw new Error('No operation here streams events');
  }
}

export function eventStreamSerdeProvider(): never {
  throw new Error('No operation here streams events');
}
