import { Html, html } from './html.ts';

/** The brands that cards of a service can have, as `credit-card-type` names them. */
const BRANDS: readonly (readonly [type: string, name: string, drawing: string])[] = [
  [
    'visa',
    'Visa',
    '<path fill="#1a1f71" d="M13.6 6.4 11.2 14H9.3L8.1 8.1c-.1-.4-.3-.6-.7-.7L5.6 6.9v-.5h3.1c.4 0 .7.3.8.7l.8 3.9 1.7-4.6zM18 11.5c0-2-2.8-2.1-2.8-3 0-.3.3-.6.9-.6.7 0 1.3.2 1.7.4l.3-1.6a5 5 0 0 0-1.8-.3c-1.9 0-3.2 1-3.2 2.4 0 2 2.9 2.1 2.9 3.1 0 .4-.4.7-1.1.7-.8 0-1.6-.3-2-.5l-.3 1.6c.5.2 1.3.4 2.1.4 2 0 3.3-1 3.3-2.6m5 2.5h1.8l-1.6-7.6h-1.6c-.4 0-.7.2-.8.5L18 14h2l.4-1.1h2.4zm-2.1-2.6 1-2.7.6 2.7z"/>',
  ],
  [
    'mastercard',
    'Mastercard',
    '<circle cx="12" cy="10" r="5.5" fill="#eb001b"/><circle cx="18" cy="10" r="5.5" fill="#f79e1b"/><path fill="#ff5f00" d="M15 5.4a5.5 5.5 0 0 1 0 9.2 5.5 5.5 0 0 1 0-9.2"/>',
  ],
  [
    'maestro',
    'Maestro',
    '<circle cx="12" cy="10" r="5.5" fill="#eb001b"/><circle cx="18" cy="10" r="5.5" fill="#00a2e5"/><path fill="#7375cf" d="M15 5.4a5.5 5.5 0 0 1 0 9.2 5.5 5.5 0 0 1 0-9.2"/>',
  ],
  [
    'american-express',
    'American Express',
    '<path fill="#016fd0" d="M1 1h28v18H1z"/><path fill="none" stroke="#fff" stroke-width="1.3" d="m3.5 13 2.3-6h.4l2.3 6M4.3 11.2h3.4M10 13V7l2.3 3.5L14.6 7v6M20.7 7.6h-3.9v4.8h3.9M16.8 10h3.3M22.3 7.2l4.4 5.6M26.7 7.2l-4.4 5.6"/>',
  ],
  [
    'diners-club',
    'Diners Club',
    '<circle cx="15" cy="10" r="6.3" fill="#0079be"/><circle cx="15" cy="10" r="5" fill="#fff"/><path fill="#0079be" d="M14.2 6v8a4.1 4.1 0 0 1 0-8m1.6 0a4.1 4.1 0 0 1 0 8z"/>',
  ],
  [
    'discover',
    'Discover',
    '<path fill="#f47216" d="M10 19.5C19 18 25.5 14.5 29.5 10v7a2.5 2.5 0 0 1-2.5 2.5z"/><text x="2.5" y="10.5" textLength="25" lengthAdjust="spacingAndGlyphs" font-family="sans-serif" font-weight="700" font-size="6.5" fill="#231f20">DISC<tspan fill="#f47216">O</tspan>VER</text>',
  ],
  [
    'jcb',
    'JCB',
    '<path fill="#0e4c96" d="M5 5.5A2.5 2.5 0 0 1 7.5 3H11v11.5A2.5 2.5 0 0 1 8.5 17H5z"/><path fill="#c8102e" d="M12 5.5A2.5 2.5 0 0 1 14.5 3H18v11.5a2.5 2.5 0 0 1-2.5 2.5H12z"/><path fill="#00843d" d="M19 5.5A2.5 2.5 0 0 1 21.5 3H25v11.5a2.5 2.5 0 0 1-2.5 2.5H19z"/>',
  ],
  [
    'unionpay',
    'UnionPay',
    '<path fill="#e21836" d="M7.5 4H13l-2.7 12H4.8z"/><path fill="#00447c" d="M12.5 4H19l-2.7 12H9.8z"/><path fill="#007b84" d="M18.5 4H25l-2.7 12h-6.5z"/>',
  ],
];

const PLATE =
  '<path class="plate" d="M3 .5h24A2.5 2.5 0 0 1 29.5 3v14a2.5 2.5 0 0 1-2.5 2.5H3A2.5 2.5 0 0 1 .5 17V3A2.5 2.5 0 0 1 3 .5z"/>';

/** The brands that a stored card calls otherwise (contract D.5). */
const STORED: Partial<Record<string, string>> = { AMEX: 'american-express', DINERS: 'diners-club' };

/** The picture of a stored card's brand, as in the row of brands of the same page. */
export function brandMark(brand: string): Html | null {
  const wanted = STORED[brand] ?? brand.toLowerCase();
  if (!BRANDS.some(([type]) => type === wanted)) return null;
  return html`<svg class="mark" viewBox="0 0 30 20" aria-hidden="true"><use href="#mark-${wanted}"/></svg>`;
}

/** The brands that are taken, in one row; a script dims all but that of the number typed in. */
export function brandRow(label: string): Html {
  return html`<ul class="brands" aria-label="${label}">${BRANDS.map(
    ([type, name, drawing]) =>
      html`<li><svg class="mark" data-brand="${type}" viewBox="0 0 30 20" role="img" aria-label="${name}"><g id="mark-${type}">${new Html(PLATE + drawing)}</g></svg></li>`,
  )}</ul>`;
}

/** Pictures of one colour, that of the text around them, which says the same. */
const ICONS = {
  lock: '<path d="M7 11V8a5 5 0 0 1 10 0v3M5 11h14v9H5z"/>',
  done: '<path d="m6 12.5 4 4 8-9"/>',
  failed: '<path d="m7 7 10 10M17 7 7 17"/>',
  waiting: '<path d="M12 6v6l4 2.5"/>',
  bank: '<path d="M3 10 12 4l9 6zM5 10v8m4.7-8v8m4.6-8v8M19 10v8M3 20h18"/>',
} as const;

export type Icon = keyof typeof ICONS;

/** A picture that says nothing that is not written beside it. */
export function icon(name: Icon): Html {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${new Html(ICONS[name])}</svg>`;
}

const GOOGLE =
  '<path fill="#4285f4" d="M21.8 12.2c0-.7-.1-1.4-.2-2H12v3.8h5.5a4.7 4.7 0 0 1-2 3.1v2.6h3.3c1.9-1.8 3-4.4 3-7.5"/><path fill="#34a853" d="M12 22c2.7 0 5-.9 6.7-2.4l-3.3-2.6a6.1 6.1 0 0 1-9.1-3.2H2.9v2.6A10 10 0 0 0 12 22"/><path fill="#fbbc04" d="M6.3 13.9a6 6 0 0 1 0-3.8V7.5H2.9a10 10 0 0 0 0 9z"/><path fill="#ea4335" d="M12 6c1.5 0 2.8.5 3.8 1.5l2.9-2.9A10 10 0 0 0 2.9 7.5l3.4 2.6A6 6 0 0 1 12 6"/>';
const APPLE =
  '<path fill="currentColor" d="M16.7 12.6c0-2.2 1.8-3.3 1.9-3.3a4.2 4.2 0 0 0-3.3-1.8c-1.4-.1-2.7.8-3.4.8s-1.8-.8-3-.8c-1.5 0-3 .9-3.8 2.3-1.6 2.8-.4 6.9 1.2 9.2.8 1.1 1.7 2.4 2.9 2.3 1.2 0 1.6-.7 3-.7s1.8.7 3 .7 2-1.1 2.8-2.2c.9-1.3 1.2-2.5 1.2-2.6-.1 0-2.5-1-2.5-3.9m-2.3-6.8c.6-.8 1.1-1.8 1-2.8-.9 0-2 .6-2.7 1.4-.6.7-1.1 1.7-1 2.7 1 .1 2-.5 2.7-1.3"/>';

/** The mark of a wallet, before the word "Pay". */
export function walletMark(wallet: 'GOOGLEPAY' | 'APPLEPAY'): Html {
  const drawing = wallet === 'GOOGLEPAY' ? GOOGLE : APPLE;
  return html`<svg class="wallet-mark" viewBox="0 0 24 24" aria-hidden="true">${new Html(drawing)}</svg>`;
}
