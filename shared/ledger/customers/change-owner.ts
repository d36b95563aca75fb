import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import { withBank, withoutPart } from './customer-file.ts';
import { fileOf, stageFile } from './customer-file-commands.ts';

/** Who gives a stored way to pay, and who gets it. */
export interface ChangeOfOwner {
  source: Uuid;
  from: string;
  to: string;
}

/**
 * Makes a card or a bank account another customer's, who may be new (contract C.8). What was paid
 * with it stays as it was.
 * @throws LedgerError source_not_found when it is unknown or not the customer's
 */
export async function changeOwner(context: LedgerContext, input: ChangeOfOwner): Promise<void> {
  const { card, customerPart } = await context.store.read(context.merchant, {
    card: input.source,
    customerPart: input.source,
  });
  const owner = card?.customer ?? customerPart?.customer;
  if (owner !== input.from) throw new LedgerError('source_not_found', input.source);
  if (input.from === input.to) return;
  if (card === null) return moveBank(context, input);
  const customer = { externalId: input.to, createdAt: isoNow(context) };
  // What it repeats stays behind: with its new owner it is a card by itself.
  const { repeats: _repeats, ...own } = card;
  context.work.stage(
    { change: 'card', card: { ...own, customer: input.to, version: card.version + 1 } },
    { change: 'customer', customer },
  );
}

async function moveBank(context: LedgerContext, { source, from, to }: ChangeOfOwner) {
  const [giver, taker] = await Promise.all([fileOf(context, from), fileOf(context, to)]);
  const bank = giver.banks.find((one) => one.uuid === source);
  if (bank === undefined) throw new LedgerError('source_not_found', source);
  stageFile(context, withoutPart(giver, source));
  stageFile(context, withBank(taker, bank));
  context.work.stage({ change: 'customer_part', part: { uuid: source, customer: to } });
}
