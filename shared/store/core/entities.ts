import type { Tenant } from '#ledger/core/merchant.ts';
import type { Entities } from '#ledger/core/store.ts';
import {
  capabilitiesKey,
  cardKey,
  customerKey,
  customerTokenKey,
  customProviderKey,
  idempotencyRecordKey,
  type Key,
  lastCardKey,
  nameKey,
  notificationKey,
  orderKey,
  subscriptionKey,
} from './keys.ts';

/** Where an entity is, by what it is read by. */
export function entityKey(tenant: Tenant, entity: keyof Entities, id: unknown): Key {
  switch (entity) {
    case 'order':
      return orderKey(tenant, id as Entities['order']['key']);
    case 'card':
      return cardKey(tenant, id as Entities['card']['key']);
    case 'customer':
      return customerKey(tenant, id as Entities['customer']['key']);
    case 'customerToken':
      return customerTokenKey(tenant, id as Entities['customerToken']['key']);
    case 'lastCard':
      return lastCardKey(tenant, id as Entities['lastCard']['key']);
    case 'replay':
      return idempotencyRecordKey(tenant, id as Entities['replay']['key']);
    case 'notification': {
      const key = id as Entities['notification']['key'];
      return notificationKey(tenant, key.order, key.id);
    }
    case 'customProvider':
      return customProviderKey(tenant, id as Entities['customProvider']['key']);
    case 'capabilities':
      return capabilitiesKey(tenant, id as Entities['capabilities']['key']);
    case 'subscription':
      return subscriptionKey(tenant, id as Entities['subscription']['key']);
    case 'name':
      return nameKey(tenant, id as Entities['name']['key']);
  }
}
