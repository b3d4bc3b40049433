import type { Browser, BrowserContext, Page } from 'playwright-core';

/** A page in a browser that notes whatever a person would not see, and should not happen. */
export interface OpenedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of its scripts and console, violations of its policy, requests to other hosts. */
  readonly troubles: readonly string[];
}

export interface Opening {
  /** Of the gateway: `http://127.0.0.1:4000`. */
  readonly url: string;
  readonly path: string;
  /** Whom the console is to take this tab for; left out: whoever panier says. */
  readonly token?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly locale?: string;
  /** What an earlier visit left in the browser; left out: nothing. */
  readonly storage?: Awaited<ReturnType<BrowserContext['storageState']>>;
}

const note = (page: Page, own: string): string[] => {
  const troubles: string[] = [];
  page.on('pageerror', (error) => void troubles.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|WebSocket connection/.test(message.text()))
      troubles.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { host } = new URL(request.url());
    if (host !== own) troubles.push(`asks another host: ${request.url()}`);
  });
  return troubles;
};

/** Opens a path of the gateway in a browser of nobody's, with no cookies and nothing kept. */
export const openPage = async (browser: Browser, opening: Opening): Promise<OpenedPage> => {
  const { url, path, token, viewport = { width: 1280, height: 900 }, colorScheme = 'light', locale = 'en' } = opening;
  const storage = opening.storage && { storageState: opening.storage };
  const context = await browser.newContext({ baseURL: url, viewport, colorScheme, locale, ...storage });
  if (token !== undefined) await context.addInitScript((given) => sessionStorage.setItem('panier.token', given), token);
  const page = await context.newPage();
  const troubles = note(page, new URL(url).host);
  await page.goto(path);
  return { page, context, troubles };
};
