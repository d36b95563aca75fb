import chromium from '@sparticuz/chromium';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser's program is. */
    browserPath: string;
  }
}

/** Unpacks the browser once before the tests: files that did so side by side would run half of it. */
export default async function unpackBrowser(project: TestProject): Promise<void> {
  project.provide('browserPath', await chromium.executablePath());
}
