import { setTimeout } from 'node:timers/promises';
import { isCardExpired } from '#ledger/cards/card.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import type {
  Acquirer,
  AcquirerResult,
  CardCheck,
  Instruction,
} from '#ledger/payments/acquirer.ts';
import {
  type OtherAccount,
  type PaymentConditions,
  PLAIN_CONDITIONS,
} from '#ledger/payments/payment-conditions.ts';
import { authenticationOf, securityCodeOf, verdictOn } from './authentication.ts';
import { CODE_AMOUNT_LIMIT, type Outcome, type TestCard } from './cards.ts';
import { codesOf, type Refusal, refusalWithCode, type ServiceCodes } from './codes.ts';
import { type Digest, describeCard } from './describe.ts';
import { findTestCard } from './find-test-card.ts';
import { identifiersOf } from './identifiers.ts';
import { answerAtTerminal } from './terminals.ts';
import { openWallet } from './wallets.ts';

export interface SandboxOptions {
  /** Makes the fingerprints of card numbers. */
  digest: Digest;
  /** What becomes of payments with cards that no table names. */
  unknownCard: 'approve' | 'refuse';
  /** How long every answer takes. */
  latencyMs: number;
  /** After how long a terminal has an answer. */
  deviceMs: number;
}

/**
 * The acquirer of the sandbox, which follows the published test cards (contract E.1, E.2).
 *
 * It moves no money and remembers nothing: its answer is a function of the instruction. So `find`
 * says what `perform` said, or would have said, by computing it again, and a movement that was
 * never sent counts as made: nobody can tell the difference.
 */
export function sandboxAcquirer(options: SandboxOptions): Acquirer {
  const later = async (answer: AcquirerResult): Promise<AcquirerResult> => {
    if (options.latencyMs > 0) await setTimeout(options.latencyMs);
    return answer;
  };
  const perform = (instruction: Instruction) => later(answerTo(options, instruction));
  return {
    perform,
    find: perform,
    validate: (check) => later(validation(options, check)),
    async authentication(card, tenant, service) {
      return authenticationOf(findTestCard(options.digest, tenant, service, card), card, service);
    },
    securityCodeOf,
    openWallet: (tenant, _wallet, payload) => openWallet(options.digest, tenant, payload),
    describe: (tenant, number) => describeCard(options.digest, tenant, number),
  };
}

function answerTo(options: SandboxOptions, instruction: Instruction): AcquirerResult {
  const { kind, reference, amount, original, conditions, device } = instruction;
  if (device !== null) return answerAtTerminal(instruction, options.deviceMs);
  if (conditions.refused) return refused(reference, codesOf(instruction.service.type).refused);
  if (kind === 'sale' || kind === 'hold') return payment(options, instruction);
  // Payouts and transfers send money that no earlier transaction has to have brought in.
  const needsOriginal = kind === 'capture' || kind === 'void' || kind === 'refund';
  const isRefused = needsOriginal ? original === null : !takesMoney(options, instruction);
  if (isRefused) return refused(reference, codesOf(instruction.service.type).refused);
  return { ...approved(reference, amount), networkTransactionId: null };
}

function payment(options: SandboxOptions, instruction: Instruction): AcquirerResult {
  const { tenant, service, card, reference, amount, nowMs, conditions } = instruction;
  const codes = codesOf(service.type);
  if (conditions.account !== null) return accountPayment(options, instruction, conditions.account);
  if (card === null) return refused(reference, codes.refused);
  if (isCardExpired(card, nowMs)) return refused(reference, codes.expired);
  if (conditions.securityCode === 'wrong') return refused(reference, codes.wrongCvv);
  switch (outcomeOf(options, findTestCard(options.digest, tenant, service, card), conditions)) {
    case 'approved':
      return approved(reference, amount);
    case 'partially_approved':
      return approved(reference, Math.max(Math.floor(amount / 2), Math.min(amount, 1)));
    case 'refused_by_amount':
      if (amount >= CODE_AMOUNT_LIMIT) return approved(reference, amount);
      return notApproved(reference, codes, refusalWithCode(codes, String(amount)));
    case 'authentication_required':
      return notApproved(reference, codes, codes.authenticationRequired);
    case 'refused':
      return refused(reference, codes.refused);
  }
}

/**
 * A card is valid when the issuer would let it pay. One that needs its holder's authentication is:
 * the issuer asks for that at a payment. So is one that is refused by amount: there is none here.
 */
function validation(options: SandboxOptions, check: CardCheck): AcquirerResult {
  const { tenant, service, card, cvv, nowMs } = check;
  const codes = codesOf(service.type);
  const testCard = findTestCard(options.digest, tenant, service, card);
  if (isCardExpired(card, nowMs)) return refused(card.uuid, codes.expired);
  if (verdictOn(cvv, testCard, service) === 'wrong') return refused(card.uuid, codes.wrongCvv);
  if (outcomeOf(options, testCard) === 'refused') return refused(card.uuid, codes.refused);
  return { ...approved(card.uuid, 0), networkTransactionId: null };
}

/** A payment from a bank account that a telephone number stands for (contract E.3). */
function accountPayment(
  options: SandboxOptions,
  { reference, amount, service }: Instruction,
  account: OtherAccount,
): AcquirerResult {
  if (!accepts(options, account)) return refused(reference, codesOf(service.type).refused);
  return { ...approved(reference, amount), networkTransactionId: null };
}

/** Whether money can be sent there: not to what cannot pay over the internet either. */
function takesMoney(options: SandboxOptions, instruction: Instruction): boolean {
  const { tenant, service, card, conditions, nowMs } = instruction;
  if (conditions.account !== null) return accepts(options, conditions.account);
  if (card === null) return true;
  if (isCardExpired(card, nowMs)) return false;
  return outcomeOf(options, findTestCard(options.digest, tenant, service, card)) !== 'refused';
}

function accepts(options: SandboxOptions, { phone }: OtherAccount): boolean {
  const typed = phone?.replace(/[\s.-]/g, '').replace(/^(\+|00)34/, '') ?? '';
  if (phone?.trim() === 'ko@ko.ko') return false;
  return typed === '700000000' || options.unknownCard === 'approve';
}

function outcomeOf(
  options: SandboxOptions,
  testCard: TestCard | undefined,
  conditions: PaymentConditions = PLAIN_CONDITIONS,
): Outcome {
  if (testCard === undefined) return options.unknownCard === 'approve' ? 'approved' : 'refused';
  const { outcome, moto, authenticated } = testCard;
  if (conditions.channel === 'online' && !conditions.authenticated) return outcome;
  const special = { online: authenticated, mail: moto, phone: moto, recurring: undefined }[
    conditions.channel
  ];
  return special ?? (outcome === 'authentication_required' ? 'approved' : outcome);
}

function approved(reference: Uuid, amount: number) {
  return { result: 'approved' as const, amount, ...identifiersOf(reference) };
}

function refused(reference: Uuid, refusal: Refusal): AcquirerResult {
  const { processorId } = identifiersOf(reference);
  return { result: 'refused', ...refusal, processorId };
}

/** An amount can spell the code of a soft decline, which is then answered as one. */
function notApproved(reference: Uuid, codes: ServiceCodes, refusal: Refusal): AcquirerResult {
  if (refusal === codes.authenticationRequired) {
    return { result: 'authentication_required', ...refusal };
  }
  return refused(reference, refusal);
}
