import type { Uuid } from '#ledger/core/ids.ts';

/** How a merchant's pages look. Absent parts look like Pasarela's own. */
export interface Template {
  uuid: Uuid;
  name: string;
  /** `#rrggbb`: the colour of buttons and of what is chosen. */
  accent: string;
  /** An image as a data URL, so that pages load nothing from elsewhere. */
  logo: string | null;
  /** The origins of the shops that may frame the pages; absent: those of an order's addresses. */
  framedBy?: readonly string[];
}

export const DEFAULT_TEMPLATE: Template = {
  uuid: '',
  name: 'Pasarela',
  accent: '#1d4ed8',
  logo: null,
};

/** A page with everything on it has 40 KB; this much of it may be the logo, as text. */
export const MAX_LOGO_CHARACTERS = 12_288;
