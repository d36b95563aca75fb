import { afterAll, beforeAll } from 'vitest';
import { PACE } from '#store/lists/pace.ts';

/** Has the lists of a test file counted at another pace. */
export function paced(pace: Partial<typeof PACE>): void {
  const usual = { ...PACE };
  beforeAll(() => void Object.assign(PACE, pace));
  afterAll(() => void Object.assign(PACE, usual));
}
