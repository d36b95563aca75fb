import * as z from 'zod/mini';
import { ValidationError } from './errors.ts';
import { anyOf, nameText, noCardNumber, optional, parameter, text } from './field-kinds.ts';
import { boolean, locationId } from './fields.ts';

/** An absolute http or https URL without credentials: on one machine providers have no TLS. */
const url = z.string().check(
  z.maxLength(2048),
  z.refine((value) => {
    const parsed = URL.parse(value);
    return parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.username === '';
  }, 'must be a URL address'),
  noCardNumber(),
);

/** Custom-provider operations name the location in the query (contract 1.5). */
export const locationQuery = z.object({ locationId });

/** The written guide has the location in the body, so the query may lack it (contract 5.18). */
export const optionalLocationQuery = z.object({ locationId: parameter(locationId) });

/**
 * The location may be named in the query or in the body, but it must be named.
 * @throws ValidationError
 */
export function requireLocation(...places: { locationId?: string | undefined }[]): void {
  if (places.some((place) => place.locationId !== undefined)) return;
  throw new ValidationError(['locationId should not be empty']);
}

/** Contract appendix A, CreateCustomProvidersDto; most apps leave the last field out. */
export const providerFields = z.object({
  name: nameText(255),
  description: nameText(2000),
  paymentsUrl: url,
  queryUrl: url,
  imageUrl: url,
  locationId: optional(locationId),
  supportsSubscriptionSchedule: optional(boolean),
});

const keys = optional(z.object({ apiKey: text(1024), publishableKey: text(1024) }));

/**
 * Contract appendix A, ConnectCustomProvidersConfigDto. It documents both modes as required, and
 * the guide that they are added one at a time: one is enough.
 */
export const keysFields = z
  .object({ live: keys, test: keys, locationId: optional(locationId) })
  .check(...anyOf('live', 'test'));
