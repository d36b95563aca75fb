import { type CardEntry, enterCard } from '#ledger/cards/entered-card.ts';
import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import { type CardUuid, derivedUuid } from '#ledger/core/ids.ts';
import { findService } from '#ledger/core/services.ts';
import type { Order } from '#ledger/orders/order.ts';
import {
  checkReference,
  createdBefore,
  draftOrder,
  type OrderDraft,
  stageCustomer,
} from '#ledger/orders/order-commands.ts';
import { beginCharge } from './begin-payment.ts';
import { decline } from './declines.ts';
import { type Authentication, PLAIN_CONDITIONS } from './payment-conditions.ts';
import { runTransaction } from './run-transaction.ts';
import { claimReference, stageOrder } from './stage-outcome.ts';

/** An authentication that the merchant obtained itself (contract C.3, `threeds_data`). */
export type OwnAuthentication = Pick<Authentication, 'version' | 'eci' | 'status'>;

/**
 * Creates an order, keeps the card and pays, in one step (contract C.3, chargeOneStep). A secure
 * order, or one whose issuer asks for a challenge, is left to be paid by its payer, after
 * authentication; one whose payer has failed it already is refused.
 * @throws LedgerError service_not_found, order_intent_mismatch, reference_already_paid,
 * descriptor_not_valid, reference_too_long, acquirer_not_configured
 */
export async function chargeOneStep(
  context: LedgerContext,
  draft: OrderDraft,
  entry: CardEntry,
  input: { ip: string | null; authentication: OwnAuthentication | null },
): Promise<Order> {
  const uuid = derivedUuid(context.work.attempt, 1);
  const known = await createdBefore(context, uuid);
  const order = known ?? draftOrder(context, draft, uuid);
  const status = input.authentication?.status ?? null;
  if (status === 'C' || (order.secure && status === null)) {
    return known ?? keepForPayer(context, order, entry);
  }
  if (status === 'N') return known ?? refuse(context, order, entry, input);
  return runTransaction(context, order, (attempt) => {
    stageCustomer(context, order);
    claimReference(context, order);
    const { snapshot, card, securityCode } = enterCard(context, order, entry);
    const conditions = {
      ...PLAIN_CONDITIONS,
      securityCode,
      authenticated: status !== null,
    };
    const begun = beginCharge(order, snapshot, { ...attempt, ip: input.ip }, conditions);
    return { order: withOwnAuthentication(begun, snapshot.uuid, input.authentication), card };
  });
}

async function keepForPayer(
  context: LedgerContext,
  order: Order,
  entry: CardEntry,
): Promise<Order> {
  if (order.intent !== 'sale' && order.intent !== 'hold') {
    throw new LedgerError('order_intent_mismatch', order.uuid);
  }
  await checkReference(context, order);
  stageCustomer(context, order);
  const { snapshot } = enterCard(context, order, entry);
  return stageOrder(context, { ...order, sourceCard: snapshot.uuid });
}

/** Refuses a payment whose payer was not authenticated, without asking the acquirer for it. */
async function refuse(
  context: LedgerContext,
  order: Order,
  entry: CardEntry,
  { ip, authentication }: { ip: string | null; authentication: OwnAuthentication | null },
): Promise<Order> {
  const service = findService(context.merchant, order.service.uuid);
  const { snapshot } = enterCard(context, order, entry);
  const attempt = { uuid: context.work.attempt, now: isoNow(context), ip };
  const begun = beginCharge(order, snapshot, attempt);
  const plan = await context
    .acquirerOf(service)
    .authentication(snapshot, context.merchant, service);
  stageCustomer(context, order);
  return decline(
    context,
    withOwnAuthentication(begun, snapshot.uuid, authentication),
    plan.refusal,
  );
}

function withOwnAuthentication(
  order: Order,
  card: CardUuid,
  authentication: OwnAuthentication | null,
): Order {
  if (authentication === null) return order;
  return {
    ...order,
    authentication: {
      ...authentication,
      card,
      securityCode: 'unchecked',
      flow: 'FRICTIONLESS',
      requested: false,
      passes: authentication.status !== 'N',
      refusal: { code: '', description: '' },
    },
  };
}
