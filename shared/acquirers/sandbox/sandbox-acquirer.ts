import { setTimeout } from 'node:timers/promises';
import type { Acquirer, Answer, CardCheck, Instruction } from '../../ledger/acquirer.ts';
import { type CardSnapshot, isCardExpired } from '../../ledger/card.ts';
import type { Uuid } from '../../ledger/ids.ts';
import type { Service, Tenant } from '../../ledger/merchant.ts';
import { CODE_AMOUNT_LIMIT, type Outcome, type TestCard, testCardsOf } from './cards.ts';
import { codesOf, type Refusal, refusalWithCode, type ServiceCodes } from './codes.ts';
import { type Digest, describeCard, fingerprintOf } from './describe.ts';
import { identifiersOf } from './identifiers.ts';

export interface SandboxOptions {
  /** Makes the fingerprints of card numbers. */
  digest: Digest;
  /** What becomes of payments with cards that no table names. */
  unknownCard: 'approve' | 'refuse';
  /** How long every answer takes. */
  latencyMs: number;
}

/**
 * The acquirer of the sandbox, which follows the published test cards (contract E.1, E.2).
 *
 * It moves no money and remembers nothing: its answer is a function of the instruction. So `find`
 * says what `perform` said, or would have said, by computing it again, and a movement that was
 * never sent counts as made: nobody can tell the difference.
 */
export function sandboxAcquirer(options: SandboxOptions): Acquirer {
  const later = async (answer: Answer): Promise<Answer> => {
    if (options.latencyMs > 0) await setTimeout(options.latencyMs);
    return answer;
  };
  const perform = (instruction: Instruction) => later(answerTo(options, instruction));
  return {
    perform,
    find: perform,
    validate: (check) => later(validation(options, check)),
    describe: (tenant, number) => describeCard(options.digest, tenant, number),
  };
}

function answerTo(options: SandboxOptions, instruction: Instruction): Answer {
  const { kind, reference, amount, original } = instruction;
  if (kind === 'sale' || kind === 'hold') return payment(options, instruction);
  // Payouts and transfers send money that no earlier transaction has to have brought in.
  const needsOriginal = kind === 'capture' || kind === 'void' || kind === 'refund';
  if (needsOriginal && original === null) {
    return refused(reference, codesOf(instruction.service.type).refused);
  }
  return { ...approved(reference, amount), networkTransactionId: null };
}

function payment(options: SandboxOptions, instruction: Instruction): Answer {
  const { tenant, service, card, reference, amount, nowMs } = instruction;
  const codes = codesOf(service.type);
  if (card === null) return refused(reference, codes.refused);
  if (isCardExpired(card, nowMs)) return refused(reference, codes.expired);
  switch (outcomeOf(options, findTestCard(options.digest, tenant, service, card))) {
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
function validation(options: SandboxOptions, check: CardCheck): Answer {
  const { tenant, service, card, cvv, nowMs } = check;
  const codes = codesOf(service.type);
  const testCard = findTestCard(options.digest, tenant, service, card);
  const rightCvv = testCard?.cvv ?? testCardsOf(service.type).cvv;
  if (isCardExpired(card, nowMs)) return refused(card.uuid, codes.expired);
  if (cvv !== null && rightCvv !== null && cvv !== rightCvv) {
    return refused(card.uuid, codes.wrongCvv);
  }
  if (outcomeOf(options, testCard) === 'refused') return refused(card.uuid, codes.refused);
  return { ...approved(card.uuid, 0), networkTransactionId: null };
}

/**
 * The table's row of a card. Only its fingerprint is known, so the number of the row is
 * fingerprinted too, once BIN and last digits agree: at most one digest per call.
 */
function findTestCard(
  digest: Digest,
  tenant: Tenant,
  service: Service,
  card: CardSnapshot,
): TestCard | undefined {
  return testCardsOf(service.type).cards.find(
    ({ pan }) =>
      pan.startsWith(card.bin) &&
      pan.endsWith(card.last4) &&
      fingerprintOf(digest, tenant, pan) === card.fingerprint,
  );
}

function outcomeOf(options: SandboxOptions, testCard: TestCard | undefined): Outcome {
  return testCard?.outcome ?? (options.unknownCard === 'approve' ? 'approved' : 'refused');
}

function approved(reference: Uuid, amount: number) {
  return { result: 'approved' as const, amount, ...identifiersOf(reference) };
}

function refused(reference: Uuid, refusal: Refusal): Answer {
  const { processorId } = identifiersOf(reference);
  return { result: 'refused', ...refusal, processorId };
}

/** An amount can spell the code of a soft decline, which is then answered as one. */
function notApproved(reference: Uuid, codes: ServiceCodes, refusal: Refusal): Answer {
  if (refusal === codes.authenticationRequired) {
    return { result: 'authentication_required', ...refusal };
  }
  return refused(reference, refusal);
}
