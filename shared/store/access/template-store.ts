import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Template } from '#ledger/core/template.ts';
import { goneAttributes } from '#store/core/deleted.ts';
import { item, valueIn } from '#store/core/items.ts';
import type { Key } from '#store/core/keys.ts';
import { readPartition, readValue } from '#store/core/query.ts';

/** The templates of merchants, in the table that functions only read. */
export class TemplateStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  find(tenant: Tenant, uuid: Uuid): Promise<Template | null> {
    return readValue<Template>(this.#client, this.#table, templateKey(tenant, uuid));
  }

  /** The template that an order or a payment names, if it names one and that is there. */
  async findNamed(tenant: Tenant, name: string | null): Promise<Template | null> {
    return name === null ? null : this.find(tenant, name);
  }

  /** Keeps a new template. */
  async put(tenant: Tenant, template: Template): Promise<void> {
    const Item = item(templateKey(tenant, template.uuid), template);
    const ConditionExpression = 'attribute_not_exists(pk)';
    try {
      await this.#client.send(
        new PutItemCommand({ TableName: this.#table, Item, ConditionExpression }),
      );
    } catch (error) {
      // Its uuid is its own: an earlier send has written it.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  /** What is left in its place keeps what once made it from making it again. */
  async delete(tenant: Tenant, uuid: Uuid): Promise<void> {
    const Item = goneAttributes(templateKey(tenant, uuid));
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item }));
  }

  async list(tenant: Tenant): Promise<Template[]> {
    const { pk } = templateKey(tenant, '');
    const items = await readPartition(this.#client, this.#table, pk);
    return items.map((one) => valueIn<Template>(one)).filter((one) => one !== null);
  }
}

function templateKey(tenant: Tenant, uuid: Uuid): Key {
  return { pk: `TEMPLATES#${tenant.environment}#${tenant.merchant}`, sk: uuid.toUpperCase() };
}
