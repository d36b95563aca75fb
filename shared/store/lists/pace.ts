/**
 * So many entries of the journal are counted at once; what is then known is kept. Some fewer than
 * whole answers of a query have, so that a pass ends within one and the next one reads little again.
 */
export const ENTRIES_A_PASS = 19_500;

/** Counting a pass and then reading the page that was asked for may take so long. */
export const PASS_MS = 8000;

/** For so long others leave it to whoever has counted a pass to count the next one. */
export const TURN_MS = 10_000;

/** How often those who wait look how far it is. */
export const LOOK_MS = 300;
