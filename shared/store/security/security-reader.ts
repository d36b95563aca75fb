import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { DayCounts } from '#ledger/security/evaluation.ts';
import type { SecurityPolicy } from '#ledger/security/security-policy.ts';
import type { SecurityFindings, SecurityKeys } from '#ledger/security/security-store.ts';
import { batchGet, nameOf } from '#store/core/batch.ts';
import { type Attributes, valueIn } from '#store/core/items.ts';
import { type Key, prefix } from '#store/core/keys.ts';
import { counterKey, DAY, matchKey, policyKey } from './security-keys.ts';

const NOTHING: SecurityKeys = { matches: [], counters: [] };

/** How many merchants' policies an instance remembers. */
const MAX_REMEMBERED = 1000;

/**
 * Reads a merchant's policy and the items that it needs in one round trip. The last seen policy is
 * remembered only to guess these items: the policy that counts is always read. A merchant without a
 * policy costs one item.
 */
export class SecurityReader {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #seen = new Map<string, SecurityPolicy>();

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(
    tenant: Tenant,
    keysFor: (policy: SecurityPolicy) => SecurityKeys,
    known?: SecurityPolicy,
  ): Promise<SecurityFindings> {
    if (known !== undefined) {
      return { ...(await this.#find(tenant, keysFor(known), [])), policy: known };
    }
    const seen = this.#seen.get(prefix(tenant));
    const first = await this.#find(tenant, seen === undefined ? NOTHING : keysFor(seen));
    const { policy } = first;
    this.#remember(tenant, policy);
    if (policy === null || policy.version === seen?.version) return first;
    // Its own version may be newer still; what it asks for is then what it says itself.
    const keys = keysFor(policy);
    if (keys.matches.length + keys.counters.length === 0) return first;
    const { lists, counts } = await this.#find(tenant, keys);
    return { policy, lists, counts };
  }

  async #find(
    tenant: Tenant,
    { matches, counters }: SecurityKeys,
    besides: readonly Key[] = [policyKey(tenant)],
  ): Promise<SecurityFindings> {
    const items = await batchGet(this.#client, this.#table, [
      ...besides,
      ...matches.map((match) => matchKey(tenant, match)),
      ...counters.map((counter) => counterKey(tenant, counter)),
    ]);
    const lists = matches.map((match) => {
      return [match, items.get(nameOf(matchKey(tenant, match)))?.lists?.SS ?? []] as const;
    });
    const counts = counters.map((counter) => {
      return [counter, countsIn(items.get(nameOf(counterKey(tenant, counter))))] as const;
    });
    const policy = valueIn<SecurityPolicy>(items.get(nameOf(policyKey(tenant))));
    return { policy, lists: new Map(lists), counts: new Map(counts) };
  }

  #remember(tenant: Tenant, policy: SecurityPolicy | null): void {
    const name = prefix(tenant);
    this.#seen.delete(name);
    if (policy === null) return;
    this.#seen.set(name, policy);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > MAX_REMEMBERED && oldest !== undefined) this.#seen.delete(oldest);
  }
}

function countsIn(attributes: Attributes | undefined): DayCounts {
  const days = Object.entries(attributes ?? {}).flatMap(([name, value]) => {
    const day = DAY.exec(name)?.[1];
    return day === undefined ? [] : [[day, Number(value.N)] as const];
  });
  return Object.fromEntries(days);
}
