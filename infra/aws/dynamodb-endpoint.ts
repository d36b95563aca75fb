/**
 * Stands in for the SDK's rules of endpoints in bundles: an interpreter, a tree of rules and a table
 * of all partitions say what is one line for the regions that functions are deployed to.
 * @throws Error for the kinds of endpoints that this line is not: name one by
 *   `AWS_ENDPOINT_URL_DYNAMODB` instead
 */
export function defaultEndpointResolver(asked: {
  Endpoint?: string;
  Region?: string;
  UseFIPS?: boolean;
  UseDualStack?: boolean;
}): { url: URL } {
  const { Endpoint, Region, UseFIPS, UseDualStack } = asked;
  if (Endpoint !== undefined) return { url: new URL(Endpoint) };
  if (Region === undefined) throw new Error('AWS_REGION is not set');
  if (UseFIPS || UseDualStack) {
    throw new Error('Name a FIPS or dual-stack endpoint by AWS_ENDPOINT_URL_DYNAMODB');
  }
  return { url: new URL(`https://dynamodb.${Region}.amazonaws.com`) };
}
