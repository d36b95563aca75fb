import type { DueKind } from './store.ts';

/**
 * The kinds of due work that follow a merchant's test clock, and are kept in a partition of their
 * own for it. All other work is due in real time.
 */
export const ON_TEST_CLOCKS: readonly DueKind[] = ['expire', 'start_batch', 'renew'];
