import type { DueKind } from './store.ts';

/**
 * Due work that happens by the merchant's clock: when a merchant has a test clock, this work is
 * kept apart and looked for by that clock. All other work is due in real time.
 */
export const ON_TEST_CLOCKS: readonly DueKind[] = ['expire', 'start_batch', 'renew'];
