import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Uuid } from '../ledger/ids.ts';
import type { Tenant } from '../ledger/merchant.ts';
import type { Template } from '../pages/template.ts';
import { item, keyOf, valueIn } from './items.ts';
import type { Key } from './keys.ts';
import { query } from './query.ts';

/** The looks of merchants' pages, in the table that functions only read. */
export class TemplateStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async find(tenant: Tenant, uuid: Uuid): Promise<Template | null> {
    const Key = keyOf(templateKey(tenant, uuid));
    const command = new GetItemCommand({ TableName: this.#table, Key });
    return valueIn<Template>((await this.#client.send(command)).Item);
  }

  async put(tenant: Tenant, template: Template): Promise<void> {
    const Item = item(templateKey(tenant, template.uuid), template);
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item }));
  }

  async delete(tenant: Tenant, uuid: Uuid): Promise<void> {
    const Key = keyOf(templateKey(tenant, uuid));
    await this.#client.send(new DeleteItemCommand({ TableName: this.#table, Key }));
  }

  async list(tenant: Tenant): Promise<Template[]> {
    const items = await Array.fromAsync(
      query(this.#client, {
        TableName: this.#table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: templateKey(tenant, '').pk } },
      }),
    );
    return items.map((one) => valueIn<Template>(one)).filter((one) => one !== null);
  }
}

function templateKey(tenant: Tenant, uuid: Uuid): Key {
  return { pk: `TEMPLATES#${tenant.environment}#${tenant.merchant}`, sk: uuid.toUpperCase() };
}
