/** Sends forms with `data-quiet` without leaving the page, and says what is wrong beside them. */
export function sendQuietly(refresh: () => void): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.hasAttribute('data-quiet')) return;
    event.preventDefault();
    if (form.getAttribute('aria-busy') === 'true') return;
    form.setAttribute('aria-busy', 'true');
    send(form, event.submitter).then((problem) => {
      form.removeAttribute('aria-busy');
      const place = form.querySelector('.problem');
      if (place !== null) place.textContent = problem;
      refresh();
    });
  });
}

/** The result is what is wrong, empty when nothing is. */
async function send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<string> {
  const fields = new FormData(form, submitter);
  const body = new URLSearchParams();
  for (const [name, value] of fields) body.append(name, String(value));
  try {
    const headers = { accept: 'application/json' };
    const response = await fetch(form.action, { method: 'POST', body, headers });
    if (response.ok) return '';
    return ((await response.json()) as { message: string }).message;
  } catch {
    return 'The server does not answer';
  }
}
