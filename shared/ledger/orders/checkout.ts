import type { Merchant, Service } from '#ledger/core/merchant.ts';
import { findService } from '#ledger/core/services.ts';
import { phoneMethodsOf, takesWallets } from '#ledger/payments/service-methods.ts';
import type { Order } from './order.ts';

/** The ways to pay that a checkout can offer, as its documentation names them (contract C.1.6). */
export const CHECKOUT_METHODS = ['PAYMENT_CARD', 'BIZUM', 'GOOGLEPAY', 'APPLEPAY'] as const;

export type CheckoutMethod = (typeof CHECKOUT_METHODS)[number];

/** What a merchant said of an order's checkout. */
interface CheckoutWishes {
  payment_methods?: unknown;
}

/**
 * The ways to pay that the checkout of an order offers, each with the service that takes it: the
 * order's own or, where the merchant left the choice to the checkout, another one of the merchant's
 * with the same currency. `payment_methods` of the order narrows them.
 */
export function checkoutMethods(merchant: Merchant, order: Order): Map<CheckoutMethod, Service> {
  const own = findService(merchant, order.service.uuid);
  const wishes = order.extraData?.checkout as CheckoutWishes | undefined;
  const others = wishes === undefined ? [] : merchant.services;
  const services = [own, ...others].filter((one) => one.currency.code === own.currency.code);
  const wanted = Array.isArray(wishes?.payment_methods) ? wishes.payment_methods : CHECKOUT_METHODS;
  const found = new Map<CheckoutMethod, Service>();
  for (const method of CHECKOUT_METHODS) {
    const service = services.find((one) => takes(one, method));
    if (service !== undefined && wanted.includes(method)) found.set(method, service);
  }
  return found;
}

function takes(service: Service, method: CheckoutMethod): boolean {
  if (method === 'PAYMENT_CARD') return true;
  return method === 'BIZUM' ? phoneMethodsOf(service).includes('BIZUM') : takesWallets(service);
}

/** An order that is paid through another service of its merchant. */
export function throughService(order: Order, { uuid, type, terminal }: Service): Order {
  return { ...order, service: { uuid, type, terminal } };
}
