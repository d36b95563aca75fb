import { createHash } from 'node:crypto';
import PDFDocument from 'pdfkit';
import { money } from '#faces/pages/views/locale.ts';
import { zonedTime } from '#faces/paylands/time.ts';
import { ORDER_STATUSES } from '#faces/paylands/views.ts';
import type { Campaign, CampaignPayment } from '#ledger/campaigns/campaign.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import type { Order } from '#ledger/orders/order.ts';
import { printable } from './printable.ts';

/** What a certificate says of a payment whose link was sent. */
export interface CertificateFacts {
  merchant: Merchant;
  campaign: Campaign;
  payment: CampaignPayment;
  sentAt: string;
  order: Order;
}

/**
 * The certificate of a payment link (contract C.9) as a PDF: who sent what to whom, and when it was
 * sent, opened and paid. Equal facts give equal bytes: its dates are those of the facts.
 */
export function certificatePdf(facts: CertificateFacts): Promise<Buffer> {
  const sections = sectionsOf(facts);
  const hash = createHash('sha256').update(JSON.stringify(sections)).digest('hex');
  const date = new Date(facts.order.updatedAt);
  const document = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
    pdfVersion: '1.6',
    lang: 'es',
    displayTitle: true,
    info: {
      Title: `Certificado de envío ${facts.payment.uuid}`,
      Author: facts.merchant.name,
      // Whole, whatever letters the fonts have.
      Subject: facts.campaign.description,
      ...(facts.campaign.subject === null ? {} : { Keywords: facts.campaign.subject }),
      Creator: 'Pasarela',
      Producer: 'Pasarela',
      CreationDate: date,
      ModDate: date,
    },
  });
  const bytes = bytesOf(document);
  draw(document, facts, sections, hash);
  document.end();
  return bytes;
}

type Row = readonly [name: string, value: string];

interface Section {
  title: string;
  rows: readonly Row[];
}

function sectionsOf({ merchant, campaign, payment, sentAt, order }: CertificateFacts): Section[] {
  const at = (time: string | undefined) =>
    time === undefined ? NONE : readable(zonedTime(time, merchant.timeZone));
  const paid = order.transactions.find(
    ({ kind, status }) => status === 'succeeded' && (kind === 'sale' || kind === 'hold'),
  );
  const isMail = campaign.channel === 'mail';
  return [
    {
      title: 'Comercio',
      rows: [
        ['Nombre', merchant.name],
        ['Identificador', merchant.merchant],
      ],
    },
    {
      title: 'Campaña',
      rows: [
        ['Descripción', campaign.description],
        ['Identificador', campaign.uuid],
        ['Creada', at(campaign.createdAt)],
        ['Los enlaces caducan', at(campaign.expiresAt)],
      ],
    },
    {
      title: 'Envío',
      rows: [
        ['Pago', payment.uuid],
        ['Línea de la campaña', String(payment.line)],
        ['Medio', isMail ? 'Correo electrónico' : 'SMS'],
        ['Destinatario', payment.destination],
        [isMail ? 'Asunto' : 'Remitente', campaign.subject ?? NONE],
      ],
    },
    {
      title: 'Orden',
      rows: [
        ['Identificador', order.uuid],
        ['Importe', money(order.amount, order.currency, 'es')],
        ['Estado', ORDER_STATUSES[order.status]],
        ['Autorización', paid?.authorization || NONE],
      ],
    },
    {
      title: 'Cronología',
      rows: [
        ['Enlace enviado', at(sentAt)],
        ['Enlace abierto', at(order.openedAt)],
        ['Pagado', at(paid?.updatedAt)],
      ],
    },
  ];
}

const NONE = '—';

/** `2026-11-21T13:05:07+0100` as `21/11/2026 13:05:07 (UTC+01:00)`. */
function readable(time: string): string {
  return time.replace(/^(\d{4})-(\d\d)-(\d\d)T(\S{8})([+-]\d\d)(\d\d)$/, '$3/$2/$1 $4 (UTC$5:$6)');
}

const MARGIN = 56;
const WIDTH = 595.28 - 2 * MARGIN;
const LABEL_WIDTH = 150;
const INK = '#0f172a';
const MUTED = '#64748b';
const RULE = '#cbd5e1';
const ACCENT = '#1d4ed8';

type Document = InstanceType<typeof PDFDocument>;

function draw(
  document: Document,
  facts: CertificateFacts,
  sections: readonly Section[],
  hash: string,
): void {
  document.rect(0, 0, 595.28, 6).fill(ACCENT);
  document.font('Helvetica-Bold').fontSize(20).fillColor(INK);
  document.text('Certificado de envío de enlace de pago', MARGIN, MARGIN, { width: WIDTH });
  document.font('Helvetica').fontSize(10).fillColor(MUTED);
  const isSandbox = facts.merchant.environment === 'sandbox';
  const line = `${printable(facts.merchant.name)} · ${facts.payment.uuid}`;
  document.text(isSandbox ? `${line} · entorno de pruebas` : line, { width: WIDTH });
  for (const section of sections) drawSection(document, section);
  drawHash(document, hash);
}

function drawSection(document: Document, { title, rows }: Section): void {
  document.moveDown(1.3);
  document.font('Helvetica-Bold').fontSize(11).fillColor(ACCENT).text(title, MARGIN);
  const under = document.y + 3;
  document
    .moveTo(MARGIN, under)
    .lineTo(MARGIN + WIDTH, under)
    .lineWidth(0.6)
    .stroke(RULE);
  document.y = under + 7;
  for (const [name, value] of rows) drawRow(document, name, printable(value));
}

function drawRow(document: Document, name: string, value: string): void {
  const top = document.y;
  document.font('Helvetica').fontSize(10).fillColor(MUTED);
  document.text(name, MARGIN, top, { width: LABEL_WIDTH });
  document.fillColor(INK);
  document.text(value, MARGIN + LABEL_WIDTH, top, {
    width: WIDTH - LABEL_WIDTH,
    height: MAX_LINES * document.currentLineHeight(true),
    ellipsis: true,
  });
  document.y = Math.max(document.y, top + document.currentLineHeight(true)) + 3;
}

/** A certificate is one page, however long a description is. */
const MAX_LINES = 3;

function drawHash(document: Document, hash: string): void {
  const top = 841.89 - MARGIN - 52;
  document
    .moveTo(MARGIN, top)
    .lineTo(MARGIN + WIDTH, top)
    .lineWidth(0.6)
    .stroke(RULE);
  document.font('Helvetica').fontSize(8).fillColor(MUTED);
  const words =
    'Huella SHA-256 de los datos de este certificado, tal como constan en el registro de pagos:';
  document.text(words, MARGIN, top + 10, { width: WIDTH });
  document
    .font('Courier')
    .fontSize(9)
    .fillColor(INK)
    .text(hash, MARGIN, top + 24, { width: WIDTH });
}

function bytesOf(document: Document): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
}
