import { LedgerError } from './errors.ts';
import type { Uuid } from './ids.ts';
import type { Merchant, Service } from './merchant.ts';

/** @throws LedgerError `service_not_found` */
export function findService(merchant: Merchant, uuid: Uuid): Service {
  const service = merchant.services.find((one) => one.uuid === uuid);
  if (service === undefined) throw new LedgerError('service_not_found', uuid);
  return service;
}

/** The service an order without one is charged through: the merchant's oldest. */
export function defaultService(merchant: Merchant): Service {
  const service = merchant.services[0];
  if (service === undefined) throw new LedgerError('service_not_found');
  return service;
}

/** The service that an order names, or the default one. */
export function serviceOf(merchant: Merchant, uuid: Uuid | null): Service {
  return uuid === null ? defaultService(merchant) : findService(merchant, uuid);
}
