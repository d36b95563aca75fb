import chromium from '@sparticuz/chromium';
import axe from 'axe-core';
import {
  type Browser,
  type BrowserContext,
  chromium as engine,
  type Frame,
  type Page,
} from 'playwright-core';
import { expect } from 'vitest';

/** The sizes that pages are looked at in. */
export const SIZES = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 900 },
} as const;

export type Size = keyof typeof SIZES;

/** Starts a browser that needs nothing to be installed. */
export async function startBrowser(): Promise<Browser> {
  return engine.launch({
    executablePath: await chromium.executablePath(),
    // Not the package's own: those switch off what keeps pages apart.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    headless: true,
  });
}

/** A visitor of a size, with or without scripts. */
export function visitor(
  browser: Browser,
  size: Size,
  options: { language?: string; scripts?: boolean; dark?: boolean } = {},
): Promise<BrowserContext> {
  return browser.newContext({
    viewport: SIZES[size],
    locale: options.language ?? 'es-ES',
    javaScriptEnabled: options.scripts ?? true,
    colorScheme: options.dark === true ? 'dark' : 'light',
  });
}

/** Finds nothing that keeps people from using the page. */
export async function expectAccessible(page: Page | Frame): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    const result = await checker.run();
    return result.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((one) => one.html) }));
  });
  expect(violations).toEqual([]);
}

/** Takes what the page looks like; `npm run screens` keeps it for the documentation. */
export async function screen(page: Page, name: string): Promise<void> {
  const isKept = process.env.SCREENS === 'keep';
  const path = `docs/screens/${name}.png`;
  await page.screenshot({ fullPage: true, ...(isKept ? { path } : {}) });
}
