/**
 * Stands in for the SDK's credential provider in bundles: Lambda hands credentials over in the
 * environment, and code that looks into profiles, SSO and metadata services costs start-up time.
 */
export function defaultProvider() {
  return async () => ({
    accessKeyId: variable('AWS_ACCESS_KEY_ID'),
    secretAccessKey: variable('AWS_SECRET_ACCESS_KEY'),
    sessionToken: variable('AWS_SESSION_TOKEN'),
  });
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}
