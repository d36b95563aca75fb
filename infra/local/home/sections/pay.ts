import { type Html, html } from '#faces/pages/views/html.ts';

/** A form that creates an order as a shop would, and opens the page where its buyer pays. */
export function paySection(): Html {
  return html`<section class="card" aria-labelledby="pay"><h2 id="pay">Pay an order</h2>
<p class="soft">Creates an order of the demo merchant through the API, and opens its page.</p>
<form method="post" action="/home/orders" target="_blank">
<label for="amount">Amount in EUR</label>
<input id="amount" name="amount" inputmode="decimal" value="10.50" required pattern="[0-9]{1,6}([.,][0-9]{1,2})?" title="Such as 10.50">
<label for="page">Page</label>
<select id="page" name="page">
<option value="process">Card</option>
<option value="bizum">Bizum</option>
<option value="checkout">All ways to pay</option>
</select>
<label class="choice"><input type="checkbox" name="secure" value="yes"> With 3-D Secure</label>
<button class="main">Open the payment page</button>
</form></section>`;
}
