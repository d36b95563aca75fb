const EVERY_MS = 1500;

/** Keeps the parts with `data-live` as they are on the server; the result looks at once. */
export function startLive(): () => void {
  let timer: number | undefined;
  const look = () => {
    clearTimeout(timer);
    // Nobody sees a page in the background; it looks again when it comes to the front.
    if (document.hidden) return;
    update().finally(() => {
      clearTimeout(timer);
      timer = window.setTimeout(look, EVERY_MS);
    });
  };
  document.addEventListener('visibilitychange', look);
  setInterval(countDown, 250);
  look();
  return look;
}

async function update(): Promise<void> {
  const state = document.getElementById('state');
  try {
    const response = await fetch('/home/live.json', { cache: 'no-cache' });
    if (!response.ok) throw new Error(String(response.status));
    show((await response.json()) as Record<string, string>);
    if (state !== null) state.textContent = '';
  } catch {
    if (state !== null) state.textContent = 'The server does not answer: what is shown may be old.';
  }
}

const shown = new Map<string, string>();

/** The server wrote the markup, with every value escaped; what is as before is left alone. */
function show(parts: Record<string, string>): void {
  for (const [name, markup] of Object.entries(parts)) {
    const place = document.querySelector(`[data-live="${name}"]`);
    if (place === null || shown.get(name) === markup) continue;
    const isFirst = !shown.has(name);
    shown.set(name, markup);
    if (!isFirst || place.innerHTML.trim() !== markup.trim()) replace(place, markup);
  }
  countDown();
}

/** What was open stays open, and who was at a button stays there. */
function replace(place: Element, markup: string): void {
  const open = [...place.querySelectorAll('details[open]')].map(({ id }) => id);
  const focused = document.activeElement;
  const within = focused !== null && place.contains(focused) ? focused : null;
  const summaryOf = within?.closest('details')?.id;
  place.innerHTML = markup;
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  if (within === null) return;
  const again = within.id !== '' ? document.getElementById(within.id) : null;
  const summary = summaryOf ? document.getElementById(summaryOf)?.querySelector('summary') : null;
  (again ?? summary)?.focus();
}

/** Terminals say how long they wait before they decide by themselves. */
function countDown(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-until]')) {
    const seconds = Math.ceil((Number(place.dataset.until) - Date.now()) / 1000);
    const text = seconds > 0 ? `Decides by itself in ${seconds} s` : 'Deciding…';
    if (place.textContent !== text) place.textContent = text;
  }
}
