/** What the shop's page asks of the card frame. */
export type FrameRequest =
  | { paylands: 'validate' }
  | { paylands: 'store'; validate: boolean; service?: string; additional?: string };

/** What is wrong with a card: the names of its fields, and what their reader is told. */
export interface FrameErrors {
  errors: string[];
  messages: Record<string, string>;
}

/** What the card frame tells the shop's page. */
export type FrameNews =
  | { paylands: 'initiated' | 'resized'; data: { height: number } }
  | { paylands: 'validation'; data: FrameErrors & { valid: boolean } }
  | { paylands: 'savedCard'; data: Record<string, unknown> }
  | { paylands: 'error'; data: FrameErrors }
  | { paylands: 'errorServer'; data: { message: string } };
