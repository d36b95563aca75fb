/** A request that a step of the pipeline refuses, before the ledger has seen it. */
export class RequestError extends Error {
  override name = 'RequestError';
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 422;
  /** The explanation for the client: names fields and identifiers, never repeats values. */
  readonly details: string;
  readonly headers: Record<string, string>;
  /** Names it where only some operations answer it, which then declare it. */
  readonly code: string | null;

  constructor(
    status: RequestError['status'],
    details: string,
    headers: Record<string, string> = {},
    code: string | null = null,
  ) {
    super(details);
    this.status = status;
    this.details = details;
    this.headers = headers;
    this.code = code;
  }
}
