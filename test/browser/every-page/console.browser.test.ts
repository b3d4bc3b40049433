import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OPERATOR_TOKEN } from '../../../harness/support/tokens.ts';
import { inBrowser, openBrowser } from '../chromium.ts';
import { faultsOn } from './faults.ts';
import { type LivedIn, startLivedIn } from './lived-in.ts';
import { pathOf, routesOf } from './routes.ts';

let shop: LivedIn;
let browser: Browser;

inBrowser('each page of the console is for everybody, light, and asks nobody else', () => {
  beforeAll(async () => {
    [shop, browser] = await Promise.all([startLivedIn(), openBrowser()]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await shop[Symbol.asyncDispose]();
  });

  it.each(routesOf('console'))('%s', async (route) => {
    const path = pathOf('console', route, shop.places);
    expect(await faultsOn(browser, { url: shop.panier.url, path, token: OPERATOR_TOKEN })).toEqual([]);
  });

  it.each(['/nowhere', '/orders/order_unknown', '/carts/cart_unknown'])('where there is nothing: %s', async (path) => {
    const visit = { url: shop.panier.url, path: `/console${path}`, token: OPERATOR_TOKEN };
    expect(await faultsOn(browser, visit)).toEqual([]);
  });

  it('where one signs in', async () => {
    expect(await faultsOn(browser, { url: shop.panier.url, path: '/console' })).toEqual([]);
  });
});
