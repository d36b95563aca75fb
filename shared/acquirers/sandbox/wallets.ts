import type { Tenant } from '#ledger/core/merchant.ts';
import type { WalletCard } from '#ledger/payments/acquirer.ts';
import { WALLET_CARDS } from './cards.ts';
import { type Digest, describeCard } from './describe.ts';

/** What payloads of Google Pay and Apple Pay have at their top, one or more of them. */
const REAL_KEYS = ['paymentMethodData', 'signedMessage', 'protocolVersion', 'paymentData', 'data'];

/**
 * The card in a wallet's payload (docs/sandbox.md): `{"sandbox": "OK"}` names one by its outcome; a
 * payload as the wallets make them, which only its merchant's keys could open, is an approved card.
 */
export function openWallet(digest: Digest, tenant: Tenant, payload: unknown): WalletCard | null {
  const fields = typeof payload === 'string' ? parsed(payload) : payload;
  if (typeof fields !== 'object' || fields === null) return null;
  const name = nameOf(fields);
  if (name === null) return null;
  const { pan } = WALLET_CARDS[name];
  return {
    ...describeCard(digest, tenant, { pan, cvv: null }),
    holder: 'Wallet Holder',
    expiryMonth: '12',
    expiryYear: '34',
  };
}

function nameOf(fields: object): keyof typeof WALLET_CARDS | null {
  const wanted = 'sandbox' in fields ? fields.sandbox : null;
  if (wanted === 'OK' || wanted === 'REFUSED' || wanted === 'SCA') return wanted;
  return wanted === null && REAL_KEYS.some((key) => key in fields) ? 'OK' : null;
}

/** JSON, or the base64 of it. */
function parsed(text: string): unknown {
  for (const json of [text, Buffer.from(text, 'base64').toString('utf8')]) {
    try {
      return JSON.parse(json);
    } catch {
      // The other form is tried next.
    }
  }
  return null;
}
