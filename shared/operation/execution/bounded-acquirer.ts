import { type Deadline, within } from '#ledger/core/deadline.ts';
import type { Acquirer } from '#ledger/payments/acquirer.ts';

/** The time that is kept for writing the outcome after the acquirer's time is over. */
const RECORDING_MS = 7000;

const UNKNOWN = { result: 'unknown' } as const;

/**
 * An acquirer with a time limit: an answer that does not come within the request's deadline is
 * `unknown`, and the recovery asks for it later.
 */
export function boundedAcquirer(acquirer: Acquirer, deadline: Deadline): Acquirer {
  const leftMs = () => deadline.remainingMs() - RECORDING_MS;
  const unknown = () => UNKNOWN;
  return {
    async perform(instruction) {
      return leftMs() <= 0 ? UNKNOWN : within(acquirer.perform(instruction), leftMs(), unknown);
    },
    async find(instruction) {
      return leftMs() <= 0 ? UNKNOWN : within(acquirer.find(instruction), leftMs(), unknown);
    },
    validate: (validation) => within(acquirer.validate(validation), leftMs(), unknown),
    authentication: (...of) =>
      within(acquirer.authentication(...of), leftMs(), () => {
        throw new Error('The acquirer has not said in time how to authenticate');
      }),
    securityCodeOf: (...of) => acquirer.securityCodeOf(...of),
    openWallet: (...of) => acquirer.openWallet(...of),
    describe: (...of) => acquirer.describe(...of),
  };
}
