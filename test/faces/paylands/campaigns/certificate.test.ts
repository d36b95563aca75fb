import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { certificatePdf } from '#faces/paylands/campaigns/certificate.ts';
import type { Campaign, CampaignPayment } from '#ledger/campaigns/campaign.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import { newOrder, NOW, SERVICE } from '#test/support/orders.ts';

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

const facts = {
  merchant,
  campaign,
  payment,
  sentAt: '2026-11-20T12:00:03.000Z',
  order: newOrder({ uuid: UUID, amount: 123456, openedAt: '2026-11-20T17:31:00.000Z' }),
};

test('a certificate is a PDF of one page, the same for the same facts', async () => {
  const pdf = await certificatePdf(facts);
  if (process.env.SCREENS === 'keep') writeFileSync('/tmp/certificate.pdf', pdf);
  expect(pdf.subarray(0, 8).toString('latin1')).toBe('%PDF-1.6');
  expect(pdf.toString('latin1')).toMatch(/\/Type \/Pages\n\/Count 1\b/);
  expect(await certificatePdf(facts)).toEqual(pdf);
});

test('a certificate of other facts is another one', async () => {
  const pdf = await certificatePdf(facts);
  const other = await certificatePdf({ ...facts, sentAt: '2026-11-20T12:00:04.000Z' });
  expect(other).not.toEqual(pdf);
});

test('a certificate stays on one page, and has letters for all that is written on it', async () => {
  const long = { ...campaign, description: 'Ω 漢字 👩 '.repeat(200), subject: 'x'.repeat(255) };
  const pdf = await certificatePdf({ ...facts, campaign: long });
  expect(pdf.toString('latin1')).toMatch(/\/Type \/Pages\n\/Count 1\b/);
});
