import { type Deadline, within } from '#ledger/core/deadline.ts';
import type { Acquirer } from '#ledger/payments/acquirer.ts';

/** What is left of a request after its acquirer has had its time: to write what became of it. */
const RECORDING_MS = 7000;

const UNKNOWN = { result: 'unknown' } as const;

/**
 * An acquirer that is not waited for longer than a request has time: what it has not answered by
 * then is unknown, and the recovery asks again.
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
