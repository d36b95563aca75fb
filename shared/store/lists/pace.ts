/** How lists are counted that nobody has read for long. Tests have less of everything. */
export const PACE = {
  /**
   * So many entries of the journal are counted at once; what is then known is kept. Some fewer than
   * whole answers of a query have, so that a pass ends within one and the next one reads little
   * again.
   */
  entriesAPass: 19_500,
  /** Counting a pass and then reading the page that was asked for may take so long. */
  passMs: 8000,
  /** For so long others leave it to whoever has counted a pass to count the next one. */
  turnMs: 10_000,
  /** How often those who wait look how far it is. */
  lookMs: 300,
  /** How many settled changes it takes for a reader to store them: fewer are cheaper to count again. */
  changesToKeep: 200,
};
