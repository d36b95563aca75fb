import { type Html, html } from '#faces/pages/views/html.ts';

const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const;

/** A time as the people at this machine read it; of today only the time of day. */
export function timeView(iso: string): Html {
  const at = new Date(iso);
  const isToday = at.toDateString() === new Date().toDateString();
  const clock = at.toLocaleTimeString('en-GB');
  const text = isToday ? clock : `${at.toLocaleDateString('en-GB', DAY)}, ${clock}`;
  return html`<time datetime="${iso}">${text}</time>`;
}
