import type { Browser } from 'playwright-core';
import { expect, it } from 'vitest';
import { startProxy, type TcpProxy } from '../../harness/support/tcp-proxy.ts';
import { OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { placeOrder, shelve } from '../e2e/shop.ts';
import { inBrowser } from './chromium.ts';
import { openPage } from './opened-page.ts';
import { setStage } from './stage.ts';

/** A ping after ten seconds, and five to answer it. */
const NOTICED_WITHIN_MS = 20_000;

let panier: TestPanier;
let proxy: TcpProxy;
let browser: Browser;

inBrowser('a connection that leads nowhere, and that nobody closes', () => {
  setStage(startPanier, async (stage) => {
    ({ server: panier, browser } = stage);
    proxy = stage.besides.use(await startProxy(panier.url));
  });

  it('is said within seconds, and nothing is missed by the next one', async () => {
    const { page } = await openPage(browser, { url: proxy.url, path: '/console/orders', token: OPERATOR_TOKEN });
    const client = panier.client();
    const productId = await shelve(client, 9);
    const seen = await placeOrder(client, [{ productId, quantity: 1 }]);
    await page.getByRole('link', { name: seen }).waitFor();
    proxy.openHole();
    const missed = await placeOrder(client, [{ productId, quantity: 1 }]);
    await page.getByText('No connection to panier').waitFor({ timeout: NOTICED_WITHIN_MS });
    expect(await page.getByRole('link', { name: missed }).count()).toBe(0);
    proxy.healHole();
    await page.getByRole('link', { name: missed }).waitFor();
  });
});
