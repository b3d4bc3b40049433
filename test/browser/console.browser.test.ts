import type { Browser } from 'playwright-core';
import { expect, it } from 'vitest';
import { OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { placeOrder, shelve } from '../e2e/shop.ts';
import { inBrowser } from './chromium.ts';
import { openPage } from './opened-page.ts';
import { setStage } from './stage.ts';

let panier: TestPanier;
let browser: Browser;

inBrowser('the console', () => {
  setStage(startPanier, (stage) => {
    ({ server: panier, browser } = stage);
  });

  it('asks whoever has no token to sign in', async () => {
    const { page, troubles } = await openPage(browser, { url: panier.url, path: '/console' });
    await page.getByLabel('Token').fill(OPERATOR_TOKEN);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Orders', exact: true }).click();
    await page.getByRole('heading', { name: 'Orders', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Token').waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    expect(troubles).toEqual([]);
  });

  it('shows an order as soon as there is one', async () => {
    const { page, troubles } = await openPage(browser, {
      url: panier.url,
      path: '/console/orders',
      token: OPERATOR_TOKEN,
    });
    await page.getByRole('heading', { name: 'Orders', exact: true }).waitFor();
    const client = panier.client();
    const id = await placeOrder(client, [{ productId: await shelve(client, 1), quantity: 1 }]);
    await page.getByRole('link', { name: id }).waitFor();
    expect(troubles).toEqual([]);
  });
});
