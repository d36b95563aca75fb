import { type Html, html } from '#faces/pages/views/html.ts';
import type { Demo } from '#infra/local/demo.ts';

/** What a client of either face is configured with, each value with a button that copies it. */
export function credentialsSection({ paylands, highlevel }: Demo): Html {
  return html`<section class="card" aria-labelledby="credentials"><h2 id="credentials">Credentials</h2>
<p class="soft">Of the demo merchant, which is one to both APIs: orders of one are seen in the other.</p>
<div class="pair">
<div><h3>Paylands</h3><dl>
${valueView('Base URL', paylands.baseUrl)}
${valueView('API key', paylands.apiKey)}
${valueView('Signature', paylands.signature)}
${Object.entries(paylands.services).map(([type, uuid]) => valueView(`Service ${type.toUpperCase()}`, uuid))}
${Object.entries(paylands.devices).map(([type, id]) => valueView(`Terminal ${type.toUpperCase()}`, id))}
</dl></div>
<div><h3>HighLevel</h3><dl>
${valueView('Base URL', highlevel.baseUrl)}
${valueView('Token', highlevel.token)}
${valueView('App token', highlevel.appToken)}
${valueView('Location', highlevel.locationId)}
${valueView('Company', highlevel.companyId)}
</dl></div>
</div></section>`;
}

function valueView(name: string, value: string): Html {
  return html`<div class="value"><dt>${name}</dt>
<dd><code>${value}</code> <button type="button" class="small" data-copy="${value}">Copy<span class="unseen"> ${name}</span></button></dd></div>`;
}
