import { isoNow, type LedgerContext, nowMs, type ReadContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import {
  type CardUuid,
  derivedUuid,
  objectIdFromUuid,
  type ServiceUuid,
  type Uuid,
} from '#ledger/core/ids.ts';
import { findService } from '#ledger/core/services.ts';
import type { Card, CardNumber } from './card.ts';
import { snapshotOf } from './card.ts';

/** A card as a merchant hands it over. */
export interface CardDraft {
  customer: string;
  holder: string;
  number: CardNumber;
  expiryMonth: string;
  expiryYear: string;
  additional: string | null;
  origin: string;
  /** The service to check the card with before it is kept, or null. */
  validateWith: Uuid | null;
  /** Where the result of the validation is posted. */
  notifyUrl?: string | null;
}

/** A card, and why its validation was refused, if it was. */
export interface CheckedCard {
  card: Card;
  refusal: string | null;
}

/**
 * Keeps a card. One that does not pass the validation asked for is kept too, as not validated.
 * @throws LedgerError service_not_found, acquirer_not_configured
 */
export async function saveCard(context: LedgerContext, draft: CardDraft): Promise<CheckedCard> {
  const [own] = await keptBefore(context, 1);
  if (own !== undefined) return { card: own, refusal: null };
  return keep(context, draft, 0);
}

/**
 * Keeps several cards, all or none; up to 40, the size of one transaction of the store.
 * @throws LedgerError service_not_found, acquirer_not_configured
 */
export async function saveCards(
  context: LedgerContext,
  drafts: readonly CardDraft[],
): Promise<Card[]> {
  const kept = await keptBefore(context, drafts.length);
  if (kept.length > 0) return kept;
  for (const [index, draft] of drafts.entries()) {
    kept.push((await keep(context, draft, index)).card);
  }
  return kept;
}

/** The cards that an earlier try of this request has kept: all of them or none. */
async function keptBefore({ store, merchant, work }: LedgerContext, count: number) {
  if (!work.again) return [];
  const cards: Card[] = [];
  for (let index = 0; index < count; index += 1) {
    const { card } = await store.read(merchant, { card: derivedUuid(work.attempt, index) });
    if (card === null) return [];
    cards.push(card);
  }
  return cards;
}

async function keep(context: LedgerContext, draft: CardDraft, index: number): Promise<CheckedCard> {
  const now = isoNow(context);
  const { number, validateWith, notifyUrl = null, ...fields } = draft;
  const card: Card = {
    ...fields,
    ...context.cardAcquirer().describe(context.merchant, number),
    uuid: derivedUuid(context.work.attempt, index),
    version: 1,
    saved: true,
    createdAt: now,
    validatedAt: null,
    paidAt: null,
    paidWith: null,
    tokenizedWith: null,
  };
  const checked =
    validateWith === null
      ? { card, refusal: null }
      : await validate(context, card, validateWith, number.cvv);
  context.work.stage(
    { change: 'card', card: checked.card },
    { change: 'customer', customer: { externalId: card.customer, createdAt: now } },
  );
  if (validateWith !== null && notifyUrl !== null) stageReport(context, checked.card, notifyUrl);
  return checked;
}

/** Stages the notification of a validation's result, passed or not. */
function stageReport(context: LedgerContext, card: Card, url: string): void {
  const id = objectIdFromUuid(card.uuid);
  if (id === null) throw new Error('What was not minted here cannot be told of');
  const now = new Date(context.realNowMs()).toISOString();
  context.work.stage({
    change: 'notification',
    orderUuid: card.uuid,
    notification: {
      id,
      version: 1,
      url,
      order: null,
      card,
      state: 'due',
      createdAt: now,
      dueAt: now,
      attempts: [],
    },
  });
}

/**
 * Checks a stored card again.
 * @throws LedgerError card_not_found, service_not_found, acquirer_not_configured
 */
export async function validateCard(
  context: LedgerContext,
  input: { card: CardUuid; customer: string; service: ServiceUuid; cvv: string | null },
): Promise<CheckedCard> {
  const card = await ownedCard(context, input.card, input.customer);
  const checked = await validate(context, card, input.service, input.cvv);
  if (checked.refusal !== null) return checked;
  const written = { ...checked.card, version: card.version + 1 };
  context.work.stage({ change: 'card', card: written });
  return { card: written, refusal: null };
}

/** @throws LedgerError card_not_found */
export async function describeCard(
  context: LedgerContext,
  input: { card: CardUuid; additional: string | null },
): Promise<Card> {
  const card = await getCard(context, input.card);
  const written = { ...card, additional: input.additional, version: card.version + 1 };
  context.work.stage({ change: 'card', card: written });
  return written;
}

/** @throws LedgerError card_not_found */
export async function deleteCard(
  context: LedgerContext,
  input: { card: CardUuid; customer: string },
): Promise<void> {
  const card = await ownedCard(context, input.card, input.customer);
  context.work.stage({ change: 'card_deleted', card });
}

/** @throws LedgerError card_not_found */
export async function getCard(context: ReadContext, uuid: Uuid): Promise<Card> {
  const { card } = await context.store.read(context.merchant, { card: uuid });
  if (card === null) throw new LedgerError('card_not_found', uuid);
  return card;
}

/** So many of the newest entries are looked at, which is more than an answer has room for. */
const MAX_LISTED = 10_000;

/**
 * The cards of a customer, oldest first: those that were validated or have paid, or all; one entry
 * per payment, or one per card number. Of more than 10,000 entries the newest are looked at.
 * @throws LedgerError customer_not_found
 */
export async function listCards(
  context: ReadContext,
  input: { customer: string; validatedOnly: boolean; unique: boolean },
): Promise<Card[]> {
  const cards = await context.store.cardsOf(context.merchant, input.customer, MAX_LISTED);
  if (cards.length === 0) await requireCustomer(context, input.customer);
  const wanted = cards.filter((card) => !input.validatedOnly || card.validatedAt !== null);
  if (!input.unique) return wanted;
  return [...new Map(wanted.map((card) => [card.fingerprint, card])).values()];
}

async function validate(
  context: LedgerContext,
  card: Card,
  serviceUuid: Uuid,
  cvv: string | null,
): Promise<CheckedCard> {
  const service = findService(context.merchant, serviceUuid);
  const answer = await context.acquirerOf(service).validate({
    tenant: context.merchant,
    service,
    card: snapshotOf(card),
    cvv,
    nowMs: nowMs(context),
  });
  if (answer.result === 'approved') {
    const tokenizedWith = card.tokenizedWith ?? service.uuid;
    return { card: { ...card, validatedAt: isoNow(context), tokenizedWith }, refusal: null };
  }
  return { card, refusal: 'code' in answer ? answer.code : answer.result };
}

async function ownedCard(context: LedgerContext, uuid: Uuid, customer: string): Promise<Card> {
  const card = await getCard(context, uuid);
  if (card.customer !== customer) throw new LedgerError('card_not_found', uuid);
  return card;
}

async function requireCustomer(context: ReadContext, externalId: string): Promise<void> {
  const { customer } = await context.store.read(context.merchant, { customer: externalId });
  if (customer === null) throw new LedgerError('customer_not_found', externalId);
}
