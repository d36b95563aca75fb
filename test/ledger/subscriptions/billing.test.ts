import { expect, test } from 'vitest';
import { mintObjectId, mintUuid } from '#ledger/core/ids.ts';
import {
  afterAttempt,
  type BillingTerms,
  beginBilling,
  cancelled,
} from '#ledger/subscriptions/billing.ts';

const AT = '2026-05-01T00:00:00.000Z';
const ID = mintObjectId(Date.parse(AT));
const TERMS: BillingTerms = {
  plan: {
    id: ID,
    externalId: 'daily',
    name: 'Daily',
    amount: 499,
    period: { count: 1, unit: 'day' },
    trial: { isOffered: false, count: null, unit: null },
    product: { externalId: 'news', id: ID, name: 'News', notifyUrl: null, createdAt: AT },
    createdAt: AT,
  },
  subscriber: 'customer-1',
  payer: 'customer-1',
  intent: 'sale',
  service: 'SERVICE',
  card: 'CARD',
  additional: null,
  notifyUrl: null,
  firstAt: AT,
  isTrial: false,
  timeZone: 'Europe/Madrid',
  totalPayments: 1,
  maxAttempts: 1,
};

test.each(['paid', 'refused'] as const)(
  'a subscription that was cancelled while its last charge was under way stays cancelled (%s)',
  (outcome) => {
    const running = beginBilling(ID, TERMS, mintUuid(Date.parse(AT)), AT);
    const after = afterAttempt(cancelled(running, AT), TERMS, outcome, 1, AT);
    expect(after).toMatchObject({ state: 'cancelled', next: null, lastOutcome: outcome });
  },
);
