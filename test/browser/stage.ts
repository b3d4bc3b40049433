import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openBrowser } from './chromium.ts';

const OPENS_WITHIN_MS = 60_000;

/** What a file of tests plays on. */
export interface Stage<Server> {
  readonly server: Server;
  readonly browser: Browser;
  /** What is put here ends before the server does. */
  readonly besides: AsyncDisposableStack;
}

/** Starts a server and a browser before the tests, then what else `prepare` needs; ends all of it after them. */
export const setStage = <Server extends AsyncDisposable>(
  start: () => Promise<Server>,
  prepare: (stage: Stage<Server>) => unknown,
): void => {
  const opened = new AsyncDisposableStack();
  beforeAll(async () => {
    const [server, browser] = await Promise.all([start(), openBrowser()]);
    opened.use(server);
    const besides = opened.use(new AsyncDisposableStack());
    opened.defer(() => browser.close());
    await prepare({ server, browser, besides });
  }, OPENS_WITHIN_MS);
  afterAll(() => opened.disposeAsync());
};
