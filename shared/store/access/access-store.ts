import { createHash, randomBytes } from 'node:crypto';
import {
  type DynamoDBClient,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { type KeyWrapper, Vault } from '#crypto/vault.ts';
import type { MerchantUuid } from '#ledger/core/ids.ts';
import type { Environment, Merchant, Tenant } from '#ledger/core/merchant.ts';
import { item, valueIn } from '#store/core/items.ts';
import type { Key } from '#store/core/keys.ts';
import { readPartition, readValue } from '#store/core/query.ts';

/** An API key: what it may do, never the key itself. */
export interface ApiKey {
  id: string;
  merchant: MerchantUuid;
  environment: Environment;
  profiles: string[];
  /** Whether it may handle card numbers in one-step and MoTo payments. */
  pci: boolean;
  label: string;
  createdAt: string;
  revokedAt: string | null;
}

/** A merchant as it is stored: the signature encrypted. */
export type StoredMerchant = Omit<Merchant, 'signature'> & {
  encryptedSignature: string;
  version: number;
  createdAt: string;
};

/**
 * Who may call: merchants, their services and their API keys, in a table that the functions only
 * read. Keys are stored as SHA-256 digests: they are 128 random bits, which need no slow hash.
 */
export class AccessStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #wrapper: KeyWrapper;
  #vault: Promise<Vault> | null = null;
  /** Merchants that are read when this turn is over. */
  readonly #asked = new Map<string, Promise<Merchant | null>>();

  constructor(client: DynamoDBClient, table: string, wrapper: KeyWrapper) {
    this.#client = client;
    this.#table = table;
    this.#wrapper = wrapper;
  }

  /** The vault of this deployment; its key is read and unwrapped once. */
  vault(): Promise<Vault> {
    this.#vault ??= this.#openVault().catch((error) => {
      this.#vault = null;
      throw error;
    });
    return this.#vault;
  }

  /** Makes the data key if there is none yet. */
  async createVault(): Promise<void> {
    const wrapped = await this.#wrapper.wrap(randomBytes(32));
    const write = new PutItemCommand({
      TableName: this.#table,
      Item: item(VAULT_KEY, { wrapped }),
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    await this.#client.send(write).catch((error) => {
      if (error.name !== 'ConditionalCheckFailedException') throw error;
    });
  }

  async findKey(apiKey: string): Promise<ApiKey | null> {
    return this.#get<ApiKey>(apiKeyKey(digestOf(apiKey)));
  }

  /** Who asks in the same turn of the event loop, such as the messages of a batch, gets one reading. */
  findMerchant(tenant: Tenant): Promise<Merchant | null> {
    const name = `${tenant.environment}#${tenant.merchant}`;
    const asked = this.#asked.get(name);
    if (asked !== undefined) return asked;
    const found = Promise.resolve().then(() => {
      this.#asked.delete(name);
      return this.#readMerchant(tenant);
    });
    this.#asked.set(name, found);
    return found;
  }

  async #readMerchant(tenant: Tenant): Promise<Merchant | null> {
    const stored = await this.storedMerchant(tenant);
    if (stored === null) return null;
    const { encryptedSignature, version: _version, createdAt: _createdAt, ...merchant } = stored;
    const vault = await this.vault();
    return { ...merchant, signature: vault.decrypt(encryptedSignature) };
  }

  storedMerchant(tenant: Tenant): Promise<StoredMerchant | null> {
    return this.#get<StoredMerchant>(merchantKey(tenant));
  }

  /** @throws when the merchant was changed in the meantime */
  async putMerchant(merchant: StoredMerchant): Promise<void> {
    await this.#client.send(
      new PutItemCommand({
        TableName: this.#table,
        Item: item(merchantKey(merchant), merchant, { version: { N: String(merchant.version) } }),
        ConditionExpression: 'attribute_not_exists(pk) OR #version = :before',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':before': { N: String(merchant.version - 1) } },
      }),
    );
  }

  /** Keeps an API key for look-up and in the list of its merchant. */
  async putKey(digest: string, key: ApiKey): Promise<void> {
    const listed = { pk: `KEYS#${key.environment}#${key.merchant}`, sk: digest };
    const puts = [apiKeyKey(digest), listed].map((target) => ({
      Put: { TableName: this.#table, Item: item(target, key) },
    }));
    await this.#client.send(new TransactWriteItemsCommand({ TransactItems: puts }));
  }

  merchants(): Promise<StoredMerchant[]> {
    return this.#list<StoredMerchant>('MERCHANTS');
  }

  /** API keys of a merchant, by digest. */
  async keysOf(tenant: Tenant): Promise<{ digest: string; key: ApiKey }[]> {
    const items = await readPartition(
      this.#client,
      this.#table,
      `KEYS#${tenant.environment}#${tenant.merchant}`,
    );
    return items.flatMap((one) => {
      const key = valueIn<ApiKey>(one);
      return key === null ? [] : [{ digest: one.sk?.S ?? '', key }];
    });
  }

  async #openVault(): Promise<Vault> {
    const stored = await this.#get<{ wrapped: string }>(VAULT_KEY);
    if (stored === null)
      throw new Error('This deployment has no key yet: run `npm run admin -- init`');
    return new Vault(await this.#wrapper.unwrap(stored.wrapped));
  }

  #get<T>(key: Key): Promise<T | null> {
    return readValue<T>(this.#client, this.#table, key);
  }

  async #list<T>(partition: string): Promise<T[]> {
    const items = await readPartition(this.#client, this.#table, partition);
    return items.map((one) => valueIn<T>(one)).filter((value) => value !== null);
  }
}

/** The digest an API key is stored and found under. */
export function digestOf(apiKey: string): string {
  return createHash('sha256').update(apiKey).digest('hex');
}

const VAULT_KEY: Key = { pk: 'VAULT', sk: 'VAULT' };

/** All merchants are one partition: there are few, and it is listed by schedules and the admin. */
function merchantKey(tenant: Tenant): Key {
  return { pk: 'MERCHANTS', sk: `${tenant.environment}#${tenant.merchant}` };
}

function apiKeyKey(digest: string): Key {
  return { pk: `KEY#${digest}`, sk: 'KEY' };
}
