const SHOWN_MS = 1500;

/** Has each button with `data-copy` put its value onto the clipboard, and say so. */
export function startCopying(): void {
  const spoken = document.getElementById('spoken');
  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-copy]');
    if (button === null) return;
    copy(button.dataset.copy ?? '').then((isCopied) => {
      const words = isCopied ? 'Copied' : 'Copying is not allowed here';
      if (spoken !== null) spoken.textContent = words;
      const before = button.innerHTML;
      if (button.dataset.busy === 'yes') return;
      button.dataset.busy = 'yes';
      button.textContent = words;
      setTimeout(() => {
        button.innerHTML = before;
        delete button.dataset.busy;
      }, SHOWN_MS);
    });
  });
}

/** Browsers give no clipboard to pages that came over plain HTTP from another machine. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  return isCopied;
}
