import { type Browser, chromium } from 'playwright-core';

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

/** A browser, without a window; close it. */
export const launchChromium = (path: string): Promise<Browser> =>
  chromium.launch({ executablePath: path, args: QUIET });
