import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../../../harness/support/eventually.ts';
import { type OwnPostgres, ownPostgres } from '../../../harness/support/own-postgres.ts';
import { accepted, PayOrderDocument } from '../../../src/cli/client.ts';
import { startPanier, type TestPanier } from '../../e2e/panier.ts';
import { shelve } from '../../e2e/shop.ts';
import { inBrowser, openBrowser } from '../chromium.ts';
import { openPage } from '../opened-page.ts';
import { eventsInside, isTold, orderCart, putIntoCart } from './customer.ts';

let postgres: OwnPostgres;
let panier: TestPanier;
let browser: Browser;

const isReady = async (): Promise<void> => {
  const { status } = await fetch(new URL('/readyz', panier.url));
  if (status !== 200) throw new Error(`panier is not ready: ${status}`);
};

inBrowser('the shop, while PostgreSQL is away', () => {
  beforeAll(async () => {
    postgres = await ownPostgres();
    [panier, browser] = await Promise.all([startPanier({}, postgres), openBrowser()]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await panier[Symbol.asyncDispose]();
    await postgres[Symbol.asyncDispose]();
  });

  it('an order that is watched, or opened meanwhile, goes on when it is back', async () => {
    const { page, context } = await openPage(browser, { url: panier.url, path: '/shop' });
    const productId = await shelve(panier.client(), 3);
    await putIntoCart(page, productId);
    const orderId = await orderCart(page, 'Pay later');
    await isTold(page, 'Reserved for you');
    await putIntoCart(page, productId);
    await page.getByRole('link', { name: 'Cart, 1 item' }).click();
    await page.getByRole('link', { name: 'Go to checkout' }).waitFor();
    await page.goto(`/shop/orders/${orderId}`);
    await isTold(page, 'Reserved for you');
    await postgres.stop();
    const second = await context.newPage();
    await second.goto(`/shop/orders/${orderId}`);
    await second.getByText('The order could not be loaded').waitFor();
    await postgres.start();
    await eventually(isReady, 20_000);
    await second.getByRole('button', { name: 'Try again' }).click();
    await isTold(second, 'Reserved for you');
    await second.getByRole('link', { name: 'Cart, 1 item' }).waitFor();
    const input = { orderId, paymentMethod: 'pm_card_visa' };
    accepted((await panier.client().request(PayOrderDocument, { input })).payOrder);
    for (const each of [page, second]) {
      await isTold(each, 'Thank you, it is yours');
      await each.getByText('The saga is over').waitFor();
      expect(await eventsInside(each)).toHaveLength(5);
    }
  });
});
