import axe from 'axe-core';
import {
  type Browser,
  type BrowserContext,
  chromium as engine,
  type Frame,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import type { Client } from './client.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { type Stack, startStack } from './stack.ts';

/** The sizes that pages are looked at in. */
export const SIZES = {
  small: { width: 360, height: 740 },
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 900 },
} as const;

export type Size = keyof typeof SIZES;

/** Starts a browser that needs nothing to be installed. */
function startBrowser(): Promise<Browser> {
  return engine.launch({
    executablePath: inject('browserPath'),
    // Not the browser package's own: those switch off what keeps pages apart.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    headless: true,
  });
}

/** What the tests of a file look at pages with. */
export interface Site {
  stack: Stack;
  client: Client;
  browser: Browser;
  /** The shop that is notified and that buyers are sent back to. */
  shop: Receiver;
  /** A new visitor, who is gone after the test. */
  visit(size: Size, options?: Parameters<typeof visitor>[2]): Promise<Page>;
}

/** Runs a server, a shop and a browser for the tests of a file; there from the first test on. */
export function siteOfTests(settings: Record<string, string> = {}): Site {
  const site = {} as Site;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    const parts = await Promise.all([startStack({ settings }), startBrowser(), startReceiver()]);
    const [stack, browser, shop] = parts;
    Object.assign(site, { stack, client: stack.demo, browser, shop });
  });
  afterAll(async () => {
    await site.browser.close();
    await Promise.all([site.stack.stop(), site.shop.close()]);
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });
  site.visit = async (size, options = {}) => {
    const context = await visitor(site.browser, size, options);
    contexts.push(context);
    return context.newPage();
  };
  return site;
}

/** A visitor of a size, with or without scripts. */
function visitor(
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
