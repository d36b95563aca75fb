import { expect, test } from 'vitest';
import { certificatePdf } from '#faces/paylands/campaigns/certificate.ts';
import { facts } from '#test/support/certificates.ts';

test('a certificate is a PDF of one page, the same for the same facts', async () => {
  const pdf = await certificatePdf(facts);
  expect(pdf.subarray(0, 8).toString('latin1')).toBe('%PDF-1.6');
  expect(pdf.toString('latin1')).toMatch(/\/Type \/Pages\n\/Count 1\b/);
  expect(await certificatePdf(facts)).toEqual(pdf);
});

test('its properties say what was sent whole, whatever letters its fonts have', async () => {
  const campaign = { ...facts.campaign, description: 'Ω 漢字', subject: 'Żółć' };
  const pdf = await certificatePdf({ ...facts, campaign });
  for (const text of ['Ω 漢字', 'Żółć']) {
    expect(pdf.includes(Buffer.from(`\ufeff${text}`, 'utf16le').swap16())).toBe(true);
  }
});

test('a certificate of other facts is another one', async () => {
  const pdf = await certificatePdf(facts);
  const other = await certificatePdf({ ...facts, sentAt: '2026-11-20T12:00:04.000Z' });
  expect(other).not.toEqual(pdf);
});

test('a certificate stays on one page, and has letters for all that is written on it', async () => {
  const long = {
    ...facts.campaign,
    description: 'Ω 漢字 👩 '.repeat(200),
    subject: 'x'.repeat(255),
  };
  const pdf = await certificatePdf({ ...facts, campaign: long });
  expect(pdf.toString('latin1')).toMatch(/\/Type \/Pages\n\/Count 1\b/);
});
