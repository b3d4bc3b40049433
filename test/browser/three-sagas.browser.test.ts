import type { Browser, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { shelve } from '../e2e/shop.ts';
import { inBrowser } from './chromium.ts';
import { openPage } from './opened-page.ts';
import { isTold, orderCart, putIntoCart } from './shop/customer.ts';
import { setStage } from './stage.ts';

let panier: TestPanier;
let browser: Browser;

const customer = () => openPage(browser, { url: panier.url, path: '/shop' });

const rowOf = (page: Page, id: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name: id }) });

inBrowser('the three sagas, in shop and console at once', () => {
  setStage(startPanier, (stage) => {
    ({ server: panier, browser } = stage);
  });

  it('are told to customers and operators alike, and nobody loads a page again', async () => {
    const productId = await shelve(panier.client(), 1);
    const { page: orders, troubles } = await openPage(browser, {
      url: panier.url,
      path: `/console/orders?product=${productId}`,
      token: OPERATOR_TOKEN,
    });
    await orders.getByRole('heading', { name: 'No order fits.' }).waitFor();
    const [one, other] = [await customer(), await customer()];
    for (const { page } of [one, other]) await putIntoCart(page, productId);
    const refused = await orderCart(one.page, 'Card that is refused');
    await isTold(one.page, 'The payment was refused');
    await orders.getByRole('button', { name: '1 new' }).click();
    await rowOf(orders, refused).getByText('Cancelled', { exact: true }).waitFor();
    await one.page.getByRole('button', { name: 'Try again with a new cart' }).click();
    const paid = await orderCart(one.page);
    await isTold(one.page, 'Thank you, it is yours');
    const short = await orderCart(other.page);
    await isTold(other.page, 'Somebody was faster');
    await orders.getByRole('button', { name: '2 new' }).click();
    await rowOf(orders, paid).getByText('Confirmed', { exact: true }).waitFor();
    await rowOf(orders, short).getByText('Rejected', { exact: true }).waitFor();
    expect([...troubles, ...one.troubles, ...other.troubles]).toEqual([]);
  });
});
