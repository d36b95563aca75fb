/** A request to an operation of the HighLevel face. Text that begins with `$` is a reference. */
export interface FaceRequest {
  operation: string;
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: Record<string, unknown>;
  /** Without the location that all other requests name. */
  isPlaceless?: true;
}

/** A request that must succeed; its answer is known by a name from then on. */
export interface FaceStep extends FaceRequest {
  as: string;
}

/**
 * One example of an operation's behaviour, in a location of its own. References name what was there
 * before: `$location`, `$unknown` (an id of nothing), and what the Paylands face made, each if it is
 * named: `$sale` is an order of two products for 150.10, `$paid.order` an order that was paid by
 * `$paid.transaction`, `$taken` one whose reference another was paid with, `$closed` one that was
 * released, `$subscription` an imported subscription. `$coupon._id` is a part of the answer of the
 * step `coupon`.
 */
export interface FaceScenario {
  title: string;
  before?: readonly FaceStep[];
  request: FaceRequest;
  status: number;
  /** What the answer holds at least. */
  body?: Record<string, unknown>;
}
