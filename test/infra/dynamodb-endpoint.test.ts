import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { defaultEndpointResolver } from '#infra/aws/dynamodb-endpoint.ts';

test.each([
  { Region: 'eu-west-1' },
  { Region: 'us-east-1' },
  { Region: 'ap-southeast-5' },
  { Region: 'us-gov-west-1' },
  { Region: 'eu-west-1', Endpoint: 'http://127.0.0.1:8000' },
])('$Region $Endpoint is where the SDK would ask', ({ Region, Endpoint }) => {
  const client = new DynamoDBClient({ region: Region });
  const asked = { Region, ...(Endpoint === undefined ? {} : { Endpoint }) };
  const { url } = client.config.endpointProvider(asked, {});
  expect(defaultEndpointResolver(asked).url.href).toBe(url.href);
});

test.each([{ UseFIPS: true }, { UseDualStack: true }])('%j is said to be named', (kind) => {
  expect(() => defaultEndpointResolver({ Region: 'eu-west-1', ...kind })).toThrow(
    'AWS_ENDPOINT_URL_DYNAMODB',
  );
});
