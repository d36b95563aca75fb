/** Why the sandbox does not approve: the transaction's `error` and its description. */
export interface Refusal {
  code: string;
  description: string;
}

/** The reasons the sandbox knows, in the codes of one service type (contract D.4). */
export type ServiceCodes = Record<
  'refused' | 'expired' | 'wrongCvv' | 'authenticationRequired' | 'authenticationFailed',
  Refusal
>;

/** The public Redsys codes; Paylands' own services and those we know no codes of use them too. */
const REDSYS: ServiceCodes = {
  refused: { code: '0190', description: 'Refused by the issuer without a reason' },
  expired: { code: '0101', description: 'Card expired' },
  wrongCvv: { code: '0129', description: 'Wrong security code' },
  authenticationRequired: { code: '0195', description: 'The issuer requires authentication' },
  authenticationFailed: { code: '0184', description: 'The cardholder was not authenticated' },
};

const CODES: Partial<Record<string, ServiceCodes>> = {
  CLEARHAUS: {
    refused: { code: '40410', description: 'Declined by issuer or card scheme' },
    expired: { code: '40135', description: 'Card expired' },
    wrongCvv: { code: '40120', description: 'Invalid CSC' },
    authenticationRequired: { code: '40416', description: 'Additional authentication required' },
    authenticationFailed: { code: '40310', description: '3-D Secure problem' },
  },
  // A letter, a digit without meaning and two digits. D101 is the contract's sample, x02 and x05 are
  // in Cashflows' public list; x65 and x59 are ours, after the schemes' codes.
  CASHFLOWS: {
    refused: { code: 'D101', description: 'Non-specific decline [D101]' },
    expired: { code: 'V102', description: 'Invalid expiry date [V102]' },
    wrongCvv: { code: 'V105', description: 'Invalid CVV [V105]' },
    authenticationRequired: { code: 'D165', description: 'Authentication required [D165]' },
    authenticationFailed: { code: 'D159', description: 'Authentication failed [D159]' },
  },
  // The contract names none of Credorax' codes: these are ours, after the schemes' two characters.
  CREDORAX: {
    refused: { code: '05', description: 'Do not honour' },
    expired: { code: '54', description: 'Expired card' },
    wrongCvv: { code: 'N7', description: 'CVV2 failure' },
    authenticationRequired: { code: '1A', description: 'Authentication required' },
    authenticationFailed: { code: '1B', description: 'Authentication failed' },
  },
};

/** The codes of a service type such as `CLEARHAUS`. */
export function codesOf(serviceType: string): ServiceCodes {
  return CODES[serviceType] ?? REDSYS;
}

/** The refusal with a code, also when it is none of those the sandbox has a reason for. */
export function refusalWithCode(codes: ServiceCodes, code: string): Refusal {
  const known = Object.values(codes).find((refusal) => refusal.code === code);
  return known ?? { code, description: 'Refused with the code that was asked for' };
}
