import { createHash, randomBytes } from 'node:crypto';
import { isoNow, type LedgerContext } from './context.ts';

/** How long a customer's token can be used, in seconds. */
const TOKEN_SECONDS = 3600;

/** Keeps a customer, new or known, and mints a token with which a browser may act for it. */
export function createCustomer(context: LedgerContext, externalId: string): { token: string } {
  const token = randomBytes(64).toString('hex');
  context.work.stage(
    { change: 'customer', customer: { externalId, createdAt: isoNow(context) } },
    {
      change: 'customer_token',
      token: {
        digest: createHash('sha256').update(token).digest('hex'),
        customer: externalId,
        expiresAt: Math.floor(context.realNowMs() / 1000) + TOKEN_SECONDS,
      },
    },
  );
  return { token };
}
