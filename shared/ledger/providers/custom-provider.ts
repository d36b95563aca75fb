import { isoNow, type LedgerContext, type ReadContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { ObjectId } from '#ledger/core/ids.ts';
import { idOfWork } from '#ledger/core/unit-of-work.ts';

/** Whether a provider's keys are for live or test payments; a location has both. */
export type Mode = 'live' | 'test';

/** The payment provider that a marketplace app registered for a location. */
export interface CustomProvider {
  id: ObjectId;
  /** Counts the writes; a write on an older version is refused. */
  version: number;
  location: string;
  app: string;
  name: string;
  description: string;
  paymentsUrl: string;
  queryUrl: string;
  imageUrl: string;
  supportsSchedules: boolean;
  /** What the app gave for each mode, encrypted; null where it is not connected. */
  keys: Record<Mode, string | null>;
  createdAt: string;
  updatedAt: string;
}

/** Who registered a provider, and for whom. */
export type ProviderOwner = Pick<CustomProvider, 'location' | 'app'>;

export type ProviderDraft = Pick<
  CustomProvider,
  'name' | 'description' | 'paymentsUrl' | 'queryUrl' | 'imageUrl' | 'supportsSchedules'
>;

/**
 * Registers a provider. Apps do this again with every installation, which is a fresh start: the
 * provider is a new one without keys, and the app connects it again.
 */
export async function registerProvider(
  context: LedgerContext,
  owner: ProviderOwner,
  draft: ProviderDraft,
): Promise<CustomProvider> {
  const before = await findProvider(context, owner);
  const now = isoNow(context);
  const provider: CustomProvider = {
    ...owner,
    ...draft,
    id: idOfWork(context.work),
    version: (before?.version ?? 0) + 1,
    keys: { live: null, test: null },
    createdAt: now,
    updatedAt: now,
  };
  context.work.stage({ change: 'custom_provider', provider });
  return provider;
}

/** @throws LedgerError provider_not_found */
export async function getProvider(
  context: ReadContext,
  owner: ProviderOwner,
): Promise<CustomProvider> {
  const provider = await findProvider(context, owner);
  if (provider === null) throw new LedgerError('provider_not_found');
  return provider;
}

/**
 * Keeps the encrypted keys of one mode or both; the other mode keeps what it has.
 * @throws LedgerError provider_not_registered
 */
export async function connectProvider(
  context: LedgerContext,
  owner: ProviderOwner,
  keys: Partial<Record<Mode, string>>,
): Promise<CustomProvider> {
  const before = await findProvider(context, owner);
  if (before === null) throw new LedgerError('provider_not_registered');
  return write(context, before, { keys: { ...before.keys, ...keys } });
}

/**
 * Forgets the keys of a mode.
 * @throws LedgerError provider_not_found when it has none
 */
export async function disconnectProvider(
  context: LedgerContext,
  owner: ProviderOwner,
  mode: Mode,
): Promise<void> {
  const before = await getProvider(context, owner);
  if (before.keys[mode] === null) throw new LedgerError('provider_not_found');
  write(context, before, { keys: { ...before.keys, [mode]: null } });
}

/**
 * Forgets a provider with all its keys.
 * @throws LedgerError provider_not_found
 */
export async function removeProvider(context: LedgerContext, owner: ProviderOwner): Promise<void> {
  const provider = await getProvider(context, owner);
  context.work.stage({ change: 'custom_provider_deleted', provider });
}

/** What a marketplace app can do for a location, or for all locations of a company. */
export interface Capabilities {
  /** The id of the location or the company. */
  account: string;
  app: string;
  supportsSchedules: boolean;
  updatedAt: string;
}

/** Replaces what an app can do for an account. */
export function setCapabilities(
  context: LedgerContext,
  said: Omit<Capabilities, 'updatedAt'>,
): void {
  const capabilities = { ...said, updatedAt: isoNow(context) };
  context.work.stage({ change: 'capabilities', capabilities });
}

async function findProvider(
  { store, merchant }: ReadContext,
  { location, app }: ProviderOwner,
): Promise<CustomProvider | null> {
  const { customProvider } = await store.read(merchant, { customProvider: { location, app } });
  return customProvider;
}

function write(
  context: LedgerContext,
  before: CustomProvider,
  changes: Partial<CustomProvider>,
): CustomProvider {
  const version = before.version + 1;
  const provider = { ...before, ...changes, version, updatedAt: isoNow(context) };
  context.work.stage({ change: 'custom_provider', provider });
  return provider;
}
