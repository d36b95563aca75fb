import { setTimeout as sleep } from 'node:timers/promises';
import type { Vault } from '#crypto/vault.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { within } from '#ledger/core/deadline.ts';
import { isTransient, LedgerError, LostRace, OutcomeUnknown } from '#ledger/core/errors.ts';
import {
  type IdempotencyRecord,
  KeyTaken,
  type StoredReply,
} from '#ledger/core/idempotency-record.ts';
import { mintUuid, type Uuid } from '#ledger/core/ids.ts';
import { nowOf } from '#ledger/core/merchant.ts';
import { type IdempotencyKey, UnitOfWork } from '#ledger/core/unit-of-work.ts';
import { RequestError } from '#operation/http/errors.ts';
import { callerOf, type Exchange, type HttpReply } from '#operation/http/exchange.ts';
import { errorFields } from '#operation/runtime/log.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { findIdempotencyRecord, idempotencyKeyOf, repetitionOf } from './idempotency.ts';
import { ledgerContext } from './ledger-context.ts';
import { Memory } from './memory.ts';
import { noteError } from './note-error.ts';

/** Enough tries for this many concurrent writers of one order. */
const MAX_TRIES = 12;

/** The time that is kept for reading what was written, after a commit's time is over. */
const LOOKING_MS = 3000;

/** How long an answer waits for a queue. */
const PUBLISHING_MS = 300;

/** By when whoever counts a long list has got further. */
const COUNTED_FURTHER_SECONDS = '2';

/** An operation's work with the ledger, and its face's wording of the ledger's refusals. */
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
  readonly #memory = new Memory();
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
    for (let tries = 1; ; tries += 1) {
      const unit = this.#newUnit(tries > 1);
      try {
        return await this.#try(unit);
      } catch (error) {
        if (error instanceof KeyTaken) {
          const reply = this.#repeat(error.record);
          if (reply !== null) return reply;
        } else if (!(error instanceof LostRace || error instanceof OutcomeUnknown)) {
          throw error;
        }
        if (this.#isOver(tries)) return await this.#lookOnce(error);
      } finally {
        await this.#publish(unit);
      }
      await sleep(Math.random() * 10 * Math.min(tries, MAX_TRIES));
    }
  }

  /** Once money may have moved, the outcome is tried to be written for as long as there is time. */
  #isOver(tries: number): boolean {
    const { hasActed } = this.#memory;
    return this.#exchange.deadline.remainingMs() <= LOOKING_MS || (tries >= MAX_TRIES && !hasActed);
  }

  /**
   * Answers with what is written when nothing more can be written: an order without its outcome is
   * pending, and the recovery finishes it. When nothing was written the request fails.
   */
  async #lookOnce(failure: unknown): Promise<HttpReply> {
    const unit = this.#newUnit(true);
    unit.close();
    const look = this.#look(unit).catch((error) => {
      throw error instanceof OutcomeUnknown ? failure : error;
    });
    try {
      return await within(look, LOOKING_MS, () => {
        throw failure;
      });
    } catch (error) {
      if (!(error instanceof LostRace || error instanceof KeyTaken)) throw error;
      return this.#refusal(new LedgerError('write_conflict'));
    }
  }

  /**
   * The answer that this request has written, if it has, as repetitions will get its very bytes.
   */
  async #look(unit: UnitOfWork): Promise<HttpReply> {
    const record = await this.#findRecord();
    if (record === null || record.attempt !== this.#attempt || record.reply === null) {
      return this.#try(unit, this.#memory.looking());
    }
    return this.#opened(record.reply);
  }

  #opened({ isSealed, ...reply }: StoredReply): HttpReply {
    return isSealed ? { ...reply, body: this.#vault.decrypt(reply.body) } : reply;
  }

  #newUnit(again: boolean): UnitOfWork {
    const { merchant } = callerOf(this.#exchange);
    return new UnitOfWork(
      this.#runtime.store,
      { merchant: merchant.merchant, environment: merchant.environment },
      { attempt: this.#attempt, again, key: this.#key },
      this.#exchange.deadline,
    );
  }

  async #try(
    unit: UnitOfWork,
    memory: Pick<Memory, 'answers' | 'once'> = this.#memory,
  ): Promise<HttpReply> {
    const { merchant } = callerOf(this.#exchange);
    const { deadline } = this.#exchange;
    const context = ledgerContext(
      this.#runtime,
      { vault: this.#vault, merchant, deadline },
      unit,
      memory,
    );
    try {
      const reply = await this.#work.handle(context);
      await unit.complete(this.#runtime.realNowMs(), this.#stored(reply));
      return reply;
    } catch (error) {
      if (error instanceof LedgerError) return this.#refuse(unit, error);
      // What was valid when the key was first used may be over by now: it is answered as it was.
      if (error instanceof RequestError) await this.#requireFirstUse();
      throw error;
    }
  }

  /** A secret in an answer is kept for repetitions as the vault keeps secrets. */
  #stored(reply: HttpReply): StoredReply {
    if (this.#key === null || this.#exchange.operation.answersSecret !== true) return reply;
    return { ...reply, body: this.#vault.encrypt(reply.body), isSealed: true };
  }

  /** A refusal is an answer too, kept for repetitions unless the next moment may change it. */
  async #refuse(unit: UnitOfWork, error: LedgerError): Promise<HttpReply> {
    unit.discard();
    if (isTransient(error)) {
      const record = await this.#findRecord();
      if (record !== null) throw new KeyTaken(record);
      return this.#refusal(error);
    }
    // Not kept, it would be another answer than that of a repetition.
    if (unit.isClosed && this.#key !== null) throw new LostRace();
    const reply = this.#refusal(error);
    await unit.complete(this.#runtime.realNowMs(), reply);
    return reply;
  }

  #refusal(error: LedgerError): HttpReply {
    noteError(this.#runtime, this.#exchange, error.code);
    const reply = this.#work.refuse(error);
    if (error.code !== 'list_being_counted') return reply;
    return { ...reply, headers: { ...reply.headers, 'retry-after': COUNTED_FURTHER_SECONDS } };
  }

  /** @throws KeyTaken when an earlier request has the key, which this one does not resume */
  async #requireFirstUse(): Promise<void> {
    const record = await this.#findRecord();
    if (record !== null && record.attempt !== this.#attempt) throw new KeyTaken(record);
  }

  async #findRecord(): Promise<IdempotencyRecord | null> {
    if (this.#key === null) return null;
    const { store, realNowMs } = this.#runtime;
    return findIdempotencyRecord(store, this.#exchange, this.#key, realNowMs());
  }

  #repeat(record: IdempotencyRecord): HttpReply | null {
    if (this.#key === null) throw new Error('A key was taken that was not sent');
    // Our own: an earlier try wrote it.
    if (record.attempt === this.#attempt && record.reply === null) return null;
    const repetition = repetitionOf(record, this.#key, this.#runtime.realNowMs());
    if ('reply' in repetition) {
      this.#exchange.log.replayed = true;
      return this.#opened(repetition.reply);
    }
    this.#attempt = repetition.resumes;
    return null;
  }

  /**
   * The ledger holds the messages already: a schedule finds those that do not reach their queue in
   * time.
   */
  #publish(unit: UnitOfWork): Promise<void> {
    return within(this.#queue(unit), PUBLISHING_MS, () => {
      this.#runtime.log('warn', 'message_not_queued', { error: 'Timeout' });
    });
  }

  async #queue(unit: UnitOfWork): Promise<void> {
    const { committedNotifications, committedPushConfirmations, committedAnnouncements } = unit;
    const runtime = this.#runtime;
    try {
      if (committedNotifications.length > 0) await runtime.publish(committedNotifications);
      if (committedAnnouncements.length > 0) await runtime.announce(committedAnnouncements);
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
