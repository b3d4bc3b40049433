import type { TestProject } from 'vitest/node';
import { findChromium } from '../../harness/browser/find-chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the browser; null when this machine has none, and may be given none. */
    chromium: string | null;
  }
}

/** Where nobody can give the machine a browser, its tests are left out, and it is said so; in CI they may not be. */
export default async function setup(project: TestProject): Promise<void> {
  const found = await findChromium((line) => console.log(line));
  if (typeof found === 'string') return project.provide('chromium', found);
  if (process.env['CI'] !== undefined) throw new Error(found.reason);
  console.warn(`\n${found.reason}\nThe tests in a browser (test/browser) are left out.\n`);
  project.provide('chromium', null);
}
