import type { Browser, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { inBrowser } from './chromium.ts';
import { openPage } from './opened-page.ts';
import { setStage } from './stage.ts';

const FILES = '**/pages/*.js';
/** Of a page whose files are not loaded yet, from one that is there already. */
const WALKS = [
  { path: '/console', from: 'Overview', to: 'Orders', title: 'Orders' },
  { path: '/shop', from: 'Products', to: /^Cart/, title: /cart/i },
] as const;

let panier: TestPanier;
let browser: Browser;

const go = (page: Page, name: string | RegExp) => page.getByRole('link', { name, exact: true }).first().click();

inBrowser('a page whose files are gone', () => {
  setStage(startPanier, (stage) => {
    ({ server: panier, browser } = stage);
  });

  it.each(WALKS)('of $path says so, lets others be opened, and is there when it is loaded again', async (walk) => {
    const { page } = await openPage(browser, { url: panier.url, path: walk.path, token: OPERATOR_TOKEN });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.route(FILES, (route) => route.abort());
    await go(page, walk.to);
    const notice = page.getByRole('heading', { name: 'This page could not be shown.' });
    await notice.waitFor();
    await go(page, walk.from);
    await notice.waitFor({ state: 'detached' });
    await go(page, walk.to);
    await page.unroute(FILES);
    await page.getByRole('button', { name: 'Load the page again' }).click();
    await page.getByRole('heading', { name: walk.title, level: 1 }).waitFor();
    expect(await notice.count()).toBe(0);
  });
});
