import type { Browser } from 'playwright-core';
import { expect, it } from 'vitest';
import { OPERATOR_TOKEN } from '../../../harness/support/tokens.ts';
import { inBrowser } from '../chromium.ts';
import { setStage } from '../stage.ts';
import { faultsOn } from './faults.ts';
import { type LivedIn, startLivedIn } from './lived-in.ts';
import { pathOf, routesOf } from './routes.ts';

let shop: LivedIn;
let browser: Browser;

inBrowser('each page of the console is for everybody, light, and asks nobody else', () => {
  setStage(startLivedIn, (stage) => {
    ({ server: shop, browser } = stage);
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
