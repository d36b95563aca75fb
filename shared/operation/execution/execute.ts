import { setTimeout as sleep } from 'node:timers/promises';
import type { Vault } from '#crypto/vault.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { isTransient, LedgerError, LostRace } from '#ledger/core/errors.ts';
import { type IdempotencyRecord, KeyTaken } from '#ledger/core/idempotency-record.ts';
import { mintUuid, type Uuid } from '#ledger/core/ids.ts';
import { nowOf } from '#ledger/core/merchant.ts';
import { type IdempotencyKey, UnitOfWork } from '#ledger/core/unit-of-work.ts';
import { callerOf, type Exchange, type HttpReply } from '#operation/http/exchange.ts';
import { errorFields } from '#operation/runtime/log.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { findIdempotencyRecord, idempotencyKeyOf, repetitionOf } from './idempotency.ts';
import { ledgerContext } from './ledger-context.ts';

/** So many concurrent writers of one order can each get their turn. */
const MAX_TRIES = 12;

/** What an operation does with the ledger, and how its face words the ledger's refusals. */
export interface Work {
  handle(context: LedgerContext): Promise<HttpReply>;
  refuse(error: LedgerError): HttpReply;
}

/**
 * Runs an operation: handle and commit, again from a fresh read when another write came first, as
 * the same attempt, which finds what it has written.
 * The commit carries the idempotency record, so that the claim of the key, the effect and the
 * stored answer are one transaction; a repetition is recognised by the commit that fails on it.
 */
export async function execute(
  runtime: Runtime,
  exchange: Exchange,
  work: Work,
): Promise<HttpReply> {
  const vault = await runtime.access.vault();
  const key = idempotencyKeyOf(exchange, vault, runtime.settings, runtime.realNowMs());
  return new Execution(runtime, exchange, work, vault, key).run();
}

class Execution {
  readonly #runtime: Runtime;
  readonly #exchange: Exchange;
  readonly #work: Work;
  readonly #vault: Vault;
  readonly #key: IdempotencyKey | null;
  readonly #answers: LedgerContext['answers'] = new Map();
  /** One for all tries, unless an earlier request with the same key is resumed. */
  #attempt: Uuid;

  constructor(
    runtime: Runtime,
    exchange: Exchange,
    work: Work,
    vault: Vault,
    key: IdempotencyKey | null,
  ) {
    this.#runtime = runtime;
    this.#exchange = exchange;
    this.#work = work;
    this.#vault = vault;
    this.#key = key;
    this.#attempt = mintUuid(nowOf(callerOf(exchange).merchant, runtime.realNowMs()));
  }

  async run(): Promise<HttpReply> {
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      const unit = this.#newUnit(tries > 1);
      try {
        return await this.#try(unit);
      } catch (error) {
        if (error instanceof KeyTaken) {
          const reply = this.#repeat(error.record);
          if (reply !== null) return reply;
        } else if (error instanceof LostRace) {
          await sleep(Math.random() * 10 * tries);
        } else {
          throw error;
        }
      } finally {
        await this.#publish(unit);
      }
    }
    throw new LedgerError('write_conflict');
  }

  #newUnit(again: boolean): UnitOfWork {
    const { merchant } = callerOf(this.#exchange);
    return new UnitOfWork(
      this.#runtime.store,
      { merchant: merchant.merchant, environment: merchant.environment },
      { attempt: this.#attempt, again, key: this.#key },
    );
  }

  async #try(unit: UnitOfWork): Promise<HttpReply> {
    const { merchant } = callerOf(this.#exchange);
    const context = ledgerContext(this.#runtime, this.#vault, merchant, unit, this.#answers);
    try {
      const reply = await this.#work.handle(context);
      await unit.complete(this.#runtime.realNowMs(), reply);
      return reply;
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      return this.#refuse(unit, error);
    }
  }

  /** A refusal is an answer too, kept for repetitions unless the next moment may change it. */
  async #refuse(unit: UnitOfWork, error: LedgerError): Promise<HttpReply> {
    unit.discard();
    const reply = this.#work.refuse(error);
    if (!isTransient(error)) {
      await unit.complete(this.#runtime.realNowMs(), reply);
      return reply;
    }
    if (this.#key === null) return reply;
    const record = await findIdempotencyRecord(this.#runtime.store, this.#exchange, this.#key);
    if (record !== null) throw new KeyTaken(record);
    return reply;
  }

  #repeat(record: IdempotencyRecord): HttpReply | null {
    if (this.#key === null) throw new Error('A key was taken that was not sent');
    // Our own: an earlier try wrote it.
    if (record.attempt === this.#attempt && record.reply === null) return null;
    const repetition = repetitionOf(record, this.#key, this.#runtime.realNowMs());
    if ('reply' in repetition) {
      this.#exchange.log.replayed = true;
      return repetition.reply;
    }
    this.#attempt = repetition.resumes;
    return null;
  }

  /** The ledger holds them already: what does not reach its queue now is found by a schedule. */
  async #publish(unit: UnitOfWork): Promise<void> {
    const { committedNotifications, committedPushConfirmations } = unit;
    const runtime = this.#runtime;
    try {
      if (committedNotifications.length > 0) await runtime.publish(committedNotifications);
      if (committedPushConfirmations.length === 0) return;
      await runtime.publishPushConfirmations(
        committedPushConfirmations,
        runtime.settings.SANDBOX_PUSH_SECONDS,
      );
    } catch (error) {
      this.#runtime.log('warn', 'message_not_queued', errorFields(error));
    }
  }
}
