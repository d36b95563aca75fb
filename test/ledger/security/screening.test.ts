import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { LedgerContext } from '#ledger/core/context.ts';
import type { LedgerStore } from '#ledger/core/store.ts';
import { beginDevicePayment } from '#ledger/payments/begin-payment.ts';
import { PLAIN_CONDITIONS } from '#ledger/payments/payment-conditions.ts';
import { screen } from '#ledger/security/screening.ts';
import { NO_POLICY, type SecurityPolicy } from '#ledger/security/security-policy.ts';
import { NOW, newOrder, SERVICE } from '#test/support/orders.ts';

const LIST = {
  uuid: 'list',
  color: 'black' as const,
  enabled: true,
  description: '',
  services: [],
  createdAt: NOW,
  updatedAt: NOW,
};

/** Lists with e-mail addresses: customers' profiles are asked for, too. */
const POLICY: SecurityPolicy = { ...NO_POLICY, lists: [LIST], itemKinds: ['EMAIL'] };

test('neither the lists nor the profile can be read, and no failure goes unnoticed', async () => {
  const unnoticed: unknown[] = [];
  const notice = (error: unknown) => unnoticed.push(error);
  process.on('unhandledRejection', notice);
  const fails = async () => {
    throw new Error('The engine is not there');
  };
  const store: Partial<LedgerStore> = {
    read: fails,
    async security(_tenant, keysFor) {
      keysFor(POLICY);
      return fails();
    },
  };
  const context = { store, merchant: { services: [SERVICE] } } as LedgerContext;
  const begun = beginDevicePayment(newOrder(), { uuid: 'attempt', now: NOW });
  const online = begun.transactions.map((one) => ({ ...one, conditions: PLAIN_CONDITIONS }));
  await expect(screen(context, { ...begun, transactions: online })).rejects.toThrow('not there');
  await turn();
  process.off('unhandledRejection', notice);
  expect(unnoticed).toEqual([]);
});
