import { type Browser, chromium } from 'playwright-core';
import { describe, inject } from 'vitest';

/** It asks nothing of other hosts by itself. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const path = inject('chromium');

/** Tests that need a browser: left out where there is none. */
export const inBrowser = path === null ? describe.skip : describe;

/** A browser of the calling file's own; close it. */
export const openBrowser = async (): Promise<Browser> => {
  if (path === null) throw new Error('There is no browser: use this in tests of inBrowser.');
  return chromium.launch({ executablePath: path, args: QUIET });
};
