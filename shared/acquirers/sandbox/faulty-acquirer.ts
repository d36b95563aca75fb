import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from '#ledger/core/faults.ts';
import type { Acquirer, AcquirerResult } from '#ledger/payments/acquirer.ts';
import { codesOf } from './codes.ts';

const UNKNOWN = { result: 'unknown' } as const;

/**
 * An acquirer that does not do as well as it could, as its merchant has asked. What becomes of a
 * movement is not its affair: a refusal is a condition of the movement, so that who asks later is
 * told the same; an answer that never came can still be asked for.
 */
export function faultyAcquirer(acquirer: Acquirer, faults: Faults): Acquirer {
  const late = async () => {
    const { delaySeconds = 0 } = faults;
    if (delaySeconds > 0) await sleep(delaySeconds * 1000);
  };
  return {
    ...acquirer,
    async perform(instruction): Promise<AcquirerResult> {
      const answer = await acquirer.perform(instruction);
      await late();
      return faults.timeout ? UNKNOWN : answer;
    },
    async validate(check): Promise<AcquirerResult> {
      const answer = await acquirer.validate(check);
      await late();
      if (faults.timeout) return UNKNOWN;
      const { refused } = codesOf(check.service.type);
      return faults.refused ? { result: 'refused', ...refused, processorId: null } : answer;
    },
  };
}
