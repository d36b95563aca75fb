/** What an API key may be allowed to do (contract A.7); `all` allows everything. */
export const PROFILES = [
  'all',
  'payment',
  'refund',
  'readonly',
  'card',
  'tokenize',
  'moto',
  'batch_authorization',
  'batch_refund',
  'keyentry',
] as const;

export type Profile = (typeof PROFILES)[number];
