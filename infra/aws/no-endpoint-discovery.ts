/**
 * Stands in for the SDK's endpoint discovery in bundles: DynamoDB does not need it, and its cache
 * brings a library of data structures.
 */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: () => undefined,
  configFileSelector: () => undefined,
  default: undefined,
};

export function resolveEndpointDiscoveryConfig<T>(config: T): T {
  return config;
}
