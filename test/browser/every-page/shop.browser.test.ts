import type { Browser } from 'playwright-core';
import { expect, it } from 'vitest';
import { inBrowser } from '../chromium.ts';
import { setStage } from '../stage.ts';
import { faultsOn } from './faults.ts';
import { type LivedIn, startLivedIn } from './lived-in.ts';
import { pathOf, routesOf } from './routes.ts';
import { type Customer, visitShop } from './visit-shop.ts';

let shop: LivedIn;
let browser: Browser;
let customer: Customer;

inBrowser('each page of the shop is for everybody, light, and asks nobody else', () => {
  setStage(startLivedIn, async (stage) => {
    ({ server: shop, browser } = stage);
    customer = await visitShop(browser, shop.panier.url);
  });

  it.each(routesOf('shop'))('%s', async (route) => {
    const path = pathOf('shop', route, customer.places);
    expect(await faultsOn(browser, { url: shop.panier.url, path, storage: customer.storage })).toEqual([]);
  });

  it.each(['/nowhere', '/orders/order_unknown', '/products/prod_unknown', '/cart', '/checkout'])(
    'where there is nothing: %s',
    async (path) => {
      expect(await faultsOn(browser, { url: shop.panier.url, path: `/shop${path}` })).toEqual([]);
    },
  );
});
