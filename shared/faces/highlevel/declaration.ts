import type { Operation } from '#operation/declare/declaration.ts';
import type { HighLevelErrorCode } from './errors.ts';
import type { Scope } from './scopes.ts';

/** An operation of the HighLevel API. */
export interface HighLevelDeclaration extends Operation {
  face: 'highlevel';
  /** Token scopes that may call it; empty for any token of the location. */
  scopes: readonly Scope[];
  /** Whose tokens: any of a location, those of a marketplace app, or also those of a company. */
  tokens: 'location' | 'app' | 'app_or_company';
  success: 200 | 201;
  /** The status of what is not found, where it is not the documented 400. */
  notFound?: 404;
  errors: readonly HighLevelErrorCode[];
}

declare module '#operation/declare/declaration.ts' {
  interface Faces {
    highlevel: HighLevelDeclaration;
  }
}
