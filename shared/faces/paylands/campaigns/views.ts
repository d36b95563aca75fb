import { plainTime, zonedTime } from '#faces/paylands/time.ts';
import type {
  Campaign,
  CampaignChannel,
  CampaignPayment,
  LinkState,
} from '#ledger/campaigns/campaign.ts';
import type { Merchant } from '#ledger/core/merchant.ts';

const TYPES: Record<CampaignChannel, string> = {
  phone: 'PHONE',
  mail: 'MAIL',
  custom: 'CUSTOM_DELIVERY',
};

/** Contract D.7. */
export const LINK_STATES: Record<LinkState, string> = {
  pending: 'PENDING',
  completed: 'COMPLETED',
  error_creating: 'ERROR_CREATING',
  error_sending: 'ERROR_SENDING',
};

/** A campaign (contract C.9), in camel case as nothing else. */
export function campaignView(campaign: Campaign, merchant: Merchant): Record<string, unknown> {
  return {
    id: campaign.number,
    uuid: campaign.uuid,
    description: campaign.description,
    serviceUUID: campaign.service,
    clientID: clientNumber(merchant),
    clientUUID: merchant.merchant,
    type: TYPES[campaign.channel],
    status: LINK_STATES[campaign.state],
    entry: 'WEBSERVICE',
    createdAt: plainTime(campaign.createdAt),
    expiresAt: zonedTime(campaign.expiresAt, merchant.timeZone).slice(0, 19).replace('T', ' '),
    subject: campaign.subject,
    filename: campaign.filename,
    error: campaign.error,
  };
}

/** A merchant has no number here: the first digits of its uuid stand for one. */
function clientNumber({ merchant }: Merchant): number {
  return Number.parseInt(merchant.slice(0, 7), 16);
}

/** A payment of a campaign (contract C.9). */
export function paymentView(payment: CampaignPayment): Record<string, unknown> {
  return {
    id: payment.number,
    uuid: payment.uuid,
    detailUUID: payment.campaign,
    line: payment.line,
    status: LINK_STATES[payment.state],
    amount: payment.amount,
    operative: payment.intent === 'hold' ? 'DEFERRED' : 'AUTHORIZATION',
    secure: payment.secure,
    destination: payment.destination,
    createdAt: plainTime(payment.createdAt),
    externalID: payment.customer,
    additional: payment.additional,
    urlPost: payment.notifyUrl,
    urlOk: payment.successUrl,
    urlKo: payment.failureUrl,
    cardTemplate: payment.cardTemplate,
    dccTemplate: payment.dccTemplate,
    moToTemplate: payment.messageTemplate,
  };
}
