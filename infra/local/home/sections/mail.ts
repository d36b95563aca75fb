import { type Html, html } from '#faces/pages/views/html.ts';
import { linkedLine } from '#infra/local/mailbox.ts';
import type { Letter } from '#messages/mailbox.ts';
import { timeView } from './time.ts';

/** The last mails and text messages that were sent on this machine. */
export function mailView(letters: readonly Letter[]): Html {
  if (letters.length === 0) return html`<p class="soft">Nobody was written to yet.</p>`;
  return html`<ul class="letters">${letters.map(letterView)}</ul>`;
}

function letterView(letter: Letter): Html {
  const subject = letter.channel === 'mail' ? letter.subject : 'SMS';
  return html`<li><p><strong>${subject}</strong> <span class="soft">to ${letter.to}, ${timeView(letter.at)}</span></p>
<p>${letter.text.split('\n').map((line) => html`${linkedLine(line)}<br>`)}</p></li>`;
}
