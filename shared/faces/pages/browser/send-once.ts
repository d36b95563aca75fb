/**
 * Keeps a form from being sent twice and shows that it is under way. The server counts one attempt
 * anyway; this is for the buyer's eyes.
 */
export function sendOnce(form: HTMLFormElement, mayGo: (action: string) => boolean): void {
  form.addEventListener('submit', (event) => {
    const button = event.submitter instanceof HTMLButtonElement ? event.submitter : null;
    if (document.body.hasAttribute('aria-busy') || !mayGo(button?.value ?? '')) {
      event.preventDefault();
      return;
    }
    document.body.setAttribute('aria-busy', 'true');
    button?.classList.add('busy');
    // A button that is disabled at once would not be sent.
    setTimeout(() => disable(true));
  });
  // Whoever comes back finds the page as the browser kept it.
  addEventListener('pageshow', () => {
    document.body.removeAttribute('aria-busy');
    disable(false);
    for (const button of document.querySelectorAll('.busy')) button.classList.remove('busy');
  });
}

function disable(isOff: boolean): void {
  for (const button of document.querySelectorAll('button')) button.disabled = isOff;
}
