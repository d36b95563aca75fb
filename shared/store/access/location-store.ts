import {
  type DynamoDBClient,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Tenant } from '#ledger/core/merchant.ts';
import { item, valueIn } from '#store/core/items.ts';
import type { Key } from '#store/core/keys.ts';
import { readPartition, readValue } from '#store/core/query.ts';
import { digestOf } from './access-store.ts';

/**
 * A location or a company of HighLevel, and the merchant and environment it stands for: a location
 * in live mode belongs to a merchant's live environment.
 */
export interface Account extends Tenant {
  id: string;
  type: 'location' | 'company';
  /** The company of a location; a company's own id. */
  company: string | null;
  name: string;
  createdAt: string;
}

/** What a token may do, never the token itself (contract 1.3). */
export interface AccessToken {
  id: string;
  /** A private integration token knows no marketplace app. */
  kind: 'private_integration' | 'app';
  /** Exactly one of these is what the token was issued for. */
  location: string | null;
  company: string | null;
  /** The marketplace app it was issued to. */
  app: string | null;
  scopes: string[];
  label: string;
  createdAt: string;
  revokedAt: string | null;
}

/**
 * Who may call the HighLevel face, in the access table. Tokens are stored as SHA-256 digests: they
 * hold at least 122 random bits, which need no slow hash.
 */
export class LocationStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  findToken(token: string): Promise<AccessToken | null> {
    return this.#get<AccessToken>(tokenKey(digestOf(token)));
  }

  findAccount(id: string): Promise<Account | null> {
    return this.#get<Account>(accountKey(id));
  }

  /** Keeps an account; an id belongs to one merchant for good. */
  async putAccount(account: Account): Promise<void> {
    await this.#client.send(
      new PutItemCommand({
        TableName: this.#table,
        Item: item(accountKey(account.id), account),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
  }

  /** Keeps a token for look-up and in the list of its account. */
  async putToken(digest: string, token: AccessToken): Promise<void> {
    const listed = { pk: tokensOf(token.location ?? token.company ?? ''), sk: digest };
    const puts = [tokenKey(digest), listed].map((target) => ({
      Put: { TableName: this.#table, Item: item(target, token) },
    }));
    await this.#client.send(new TransactWriteItemsCommand({ TransactItems: puts }));
  }

  accounts(): Promise<Account[]> {
    return this.#list<Account>(ACCOUNTS).then((all) => all.map((one) => one.value));
  }

  /** The tokens of a location or company, by digest. */
  async tokensOf(account: string): Promise<{ digest: string; token: AccessToken }[]> {
    const all = await this.#list<AccessToken>(tokensOf(account));
    return all.map(({ sk, value }) => ({ digest: sk, token: value }));
  }

  #get<T>(key: Key): Promise<T | null> {
    return readValue<T>(this.#client, this.#table, key);
  }

  async #list<T>(partition: string): Promise<{ sk: string; value: T }[]> {
    const items = await readPartition(this.#client, this.#table, partition);
    return items.flatMap((one) => {
      const value = valueIn<T>(one);
      return value === null ? [] : [{ sk: one.sk?.S ?? '', value }];
    });
  }
}

/** One partition: there are as few accounts as merchants. */
const ACCOUNTS = 'ACCOUNTS';

function accountKey(id: string): Key {
  return { pk: ACCOUNTS, sk: id };
}

function tokenKey(digest: string): Key {
  return { pk: `TOKEN#${digest}`, sk: 'TOKEN' };
}

function tokensOf(account: string): string {
  return `TOKENS#${account}`;
}
