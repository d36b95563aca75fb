/** Whether what is around an element is light or dark, by the background that it stands on. */
export function themeAround(element: Element): 'light' | 'dark' {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (
      getComputedStyle(at).backgroundColor.match(/[\d.]+/g) ?? []
    ).map(Number);
    if (alpha > 0.5) return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? 'dark' : 'light';
  }
  const followsSystem = getComputedStyle(document.documentElement).colorScheme.includes('dark');
  return followsSystem && matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
