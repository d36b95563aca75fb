import { LedgerError } from '#ledger/core/errors.ts';
import type { ServiceUuid, Uuid } from '#ledger/core/ids.ts';

/**
 * What a list does to matching payments: black refuses them, white skips the rules, grey demands
 * authentication.
 */
export type ListColor = 'black' | 'white' | 'grey';

/** A security list of a merchant, without its items (contract C.13). */
export interface SecurityList {
  uuid: Uuid;
  color: ListColor;
  enabled: boolean;
  description: string;
  /** The services that it applies to; empty for all. */
  services: Uuid[];
  createdAt: string;
  updatedAt: string;
}

/** What successful payments of the last days are counted by. */
export type VelocitySubject = 'card' | 'ip' | 'customer';

/** A rule of a merchant; its score counts when a payment breaks it (contract D.6). */
export type SecurityRule =
  /** More than so many successful payments within so many days, today among them. */
  | { kind: 'velocity'; subject: VelocitySubject; payments: number; days: number; score: number }
  /** A payment of more than an amount, in minor units of the order's currency. */
  | { kind: 'amount'; most: number; score: number }
  /** A card of a country (alpha-2) that is not among these. */
  | { kind: 'countries'; allowed: string[]; score: number };

/** The sums of scores from which a payment must be authenticated, or is refused. */
export interface Thresholds {
  authenticate: number;
  refuse: number;
}

/**
 * The lists, without their items, and rules that a merchant's payments are screened by. It is one
 * entity that every payment reads, so it stays small.
 */
export interface SecurityPolicy {
  /** Counts the writes; a write on an older version is refused. */
  version: number;
  lists: SecurityList[];
  /** Kinds of items that lists have had: only these are looked up. */
  itemKinds: string[];
  rules: SecurityRule[];
  thresholds: Thresholds;
}

export const NO_POLICY: SecurityPolicy = {
  version: 0,
  lists: [],
  itemKinds: [],
  rules: [],
  thresholds: { authenticate: 50, refuse: 100 },
};

/** The policy is read with every payment. */
export const MAX_LISTS = 100;

/** @throws LedgerError security_list_not_found */
export function listIn(policy: SecurityPolicy, uuid: Uuid): SecurityList {
  const found = policy.lists.find((one) => one.uuid === uuid);
  if (found === undefined) throw new LedgerError('security_list_not_found', uuid);
  return found;
}

/**
 * Adds a list, or replaces the one with its uuid.
 * @throws LedgerError too_many_security_lists
 */
export function withList(policy: SecurityPolicy, list: SecurityList): SecurityPolicy {
  const index = policy.lists.findIndex((one) => one.uuid === list.uuid);
  if (index >= 0) return { ...policy, lists: policy.lists.with(index, list) };
  if (policy.lists.length >= MAX_LISTS) throw new LedgerError('too_many_security_lists');
  return { ...policy, lists: [...policy.lists, list] };
}

export function withoutList(policy: SecurityPolicy, uuid: Uuid): SecurityPolicy {
  return { ...policy, lists: policy.lists.filter((one) => one.uuid !== uuid) };
}

/** The policy with more kinds of items to look up; the same one when it knows them all. */
export function withItemKinds(policy: SecurityPolicy, kinds: readonly string[]): SecurityPolicy {
  const itemKinds = [...new Set([...policy.itemKinds, ...kinds])];
  return itemKinds.length === policy.itemKinds.length ? policy : { ...policy, itemKinds };
}

/** The enabled lists that apply to the payments of a service. */
export function activeLists(policy: SecurityPolicy, service: ServiceUuid): SecurityList[] {
  return policy.lists.filter(
    ({ enabled, services }) => enabled && (services.length === 0 || services.includes(service)),
  );
}
