import { createHash } from 'node:crypto';
import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import { mintCustomerToken } from '#ledger/core/ids.ts';

/** How long a customer's token can be used, in seconds. */
const TOKEN_SECONDS = 3600;

/** Keeps a customer, new or known, and mints a token with which a browser may act for it. */
export function createCustomer(context: LedgerContext, externalId: string): { token: string } {
  const token = mintCustomerToken(context.merchant.merchant);
  context.work.stage(
    { change: 'customer', customer: { externalId, createdAt: isoNow(context) } },
    {
      change: 'customer_token',
      token: {
        digest: digestOf(token),
        customer: externalId,
        expiresAt: Math.floor(context.realNowMs() / 1000) + TOKEN_SECONDS,
      },
    },
  );
  return { token };
}

/**
 * The customer that a token stands for.
 * @throws LedgerError customer_token_not_valid when it is unknown or too old
 */
export async function customerOfToken(context: LedgerContext, token: string): Promise<string> {
  const { customerToken } = await context.store.read(context.merchant, {
    customerToken: digestOf(token),
  });
  const isValid = customerToken !== null && customerToken.expiresAt * 1000 > context.realNowMs();
  if (!isValid) throw new LedgerError('customer_token_not_valid');
  return customerToken.customer;
}

/** It is random: no slow hash is needed. */
function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
