import isLuhnValid from 'card-validator/dist/luhn-10.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sandboxAcquirer } from '#acquirers/sandbox/sandbox-acquirer.ts';
import type { TransactionKind } from '#ledger/orders/order.ts';
import {
  check,
  options,
  PAYMENTS,
  purchase,
  sandbox,
  TENANT,
  TYPES,
  UNKNOWN_PAN,
} from './sandbox-fixtures.ts';

const instructions = fc
  .record({
    reference: fc.uuid().map((uuid) => uuid.toUpperCase()),
    type: fc.constantFrom(...TYPES),
    pan: fc.constantFrom(UNKNOWN_PAN, ...new Set(PAYMENTS.map(([, pan]) => pan))),
    kind: fc.constantFrom<TransactionKind>('sale', 'hold', 'capture', 'void', 'refund', 'payout'),
    amount: fc.integer({ min: 0, max: 2_147_483_647 }),
    original: fc.option(fc.constant('2343BE77-1383-891E-8D95-5E00F0D35FAA')),
  })
  .map(({ type, pan, ...changes }) => ({ pan, instruction: purchase(type, pan, changes) }));

test('an answer is a function of the instruction, and find knows it', () =>
  fc.assert(
    fc.asyncProperty(instructions, async ({ instruction }) => {
      const answer = await sandbox.perform(instruction);
      expect(await sandboxAcquirer({ ...options }).perform(instruction)).toEqual(answer);
      expect(await sandbox.find(structuredClone(instruction))).toEqual(answer);
    }),
  ));

test('no more is approved than was asked for', () =>
  fc.assert(
    fc.asyncProperty(instructions, async ({ instruction }) => {
      const answer = await sandbox.perform(instruction);
      if (answer.result !== 'approved') return;
      expect(Number.isInteger(answer.amount)).toBe(true);
      expect(answer.amount).toBeGreaterThanOrEqual(Math.min(1, instruction.amount));
      expect(answer.amount).toBeLessThanOrEqual(instruction.amount);
    }),
  ));

test('another reference gets other identifiers', () =>
  fc.assert(
    fc.asyncProperty(fc.uuid(), fc.uuid(), async (one, other) => {
      fc.pre(one !== other);
      const ids = [one, other].map(async (reference) => {
        const answer = await sandbox.perform(purchase('REDSYS', UNKNOWN_PAN, { reference }));
        return 'processorId' in answer ? answer.processorId : null;
      });
      expect(await ids[0]).not.toBe(await ids[1]);
    }),
  ));

test('nothing that leaves the sandbox looks like a card number', () =>
  fc.assert(
    fc.asyncProperty(instructions, async ({ pan, instruction }) => {
      const { service: asked } = instruction;
      const answers = [
        sandbox.describe(TENANT, { pan, cvv: '987' }),
        await sandbox.perform(instruction),
        await sandbox.validate(check(asked.type, pan)),
        await sandbox.validate(check(asked.type, pan, { cvv: '987' })),
      ];
      const text = JSON.stringify(answers);
      expect(text).not.toContain(pan);
      expect(Object.keys(answers[0] ?? {})).not.toContain('cvv');
      const candidates = text.match(/(?<!\w)\d{13,19}(?!\w)/g) ?? [];
      expect(candidates.filter((digits) => isLuhnValid(digits))).toEqual([]);
    }),
    { numRuns: 500 },
  ));
