import type { Campaign, CampaignPayment } from '#ledger/campaigns/campaign.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import { NOW, newOrder, SERVICE } from './orders.ts';

const UUID = '6B018B43-27DC-8DA0-BE03-99B586C9358B';

const merchant: Merchant = {
  merchant: UUID,
  environment: 'sandbox',
  name: 'Café de la Peña, S. L.',
  timeZone: 'Europe/Madrid',
  signature: 'signature',
  clockOffsetMs: 0,
  testClock: false,
  services: [SERVICE],
};

const campaign: Campaign = {
  uuid: UUID,
  version: 1,
  number: 1,
  description: 'Campaña de Navidad 2026',
  service: SERVICE.uuid,
  channel: 'mail',
  subject: 'Tu pedido está listo',
  filename: 'clientes.csv',
  state: 'completed',
  error: null,
  createdAt: NOW,
  expiresAt: '2026-12-24T23:00:00.000Z',
  lines: [2],
  baseUrl: 'https://pay.example/v1/sandbox',
};

const payment: CampaignPayment = {
  uuid: UUID,
  version: 3,
  number: 1,
  campaign: UUID,
  line: 2,
  amount: 123456,
  intent: 'sale',
  secure: true,
  destination: 'jane.doe@example.com',
  customer: 'jane',
  sourceCard: null,
  additional: null,
  notifyUrl: null,
  successUrl: null,
  failureUrl: null,
  cardTemplate: null,
  messageTemplate: null,
  dccTemplate: null,
  state: 'completed',
  error: null,
  createdAt: NOW,
  attempts: 1,
  claimedUntil: null,
  sentAt: NOW,
  keptUntil: 0,
};

/** What a certificate is made of. */
export const facts = {
  merchant,
  campaign,
  payment,
  sentAt: '2026-11-20T12:00:03.000Z',
  order: newOrder({ uuid: UUID, amount: 123456, openedAt: '2026-11-20T17:31:00.000Z' }),
};
