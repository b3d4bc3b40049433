import type { Browser } from 'playwright-core';
import { describe, inject } from 'vitest';
import { launchChromium } from '../../harness/browser/launch-chromium.ts';

const path = inject('chromium');

/** Tests that need a browser: left out where there is none. */
export const inBrowser = path === null ? describe.skip : describe;

/** A browser of the calling file's own; close it. */
export const openBrowser = async (): Promise<Browser> => {
  if (path === null) throw new Error('There is no browser: use this in tests of inBrowser.');
  return launchChromium(path);
};
