import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import { AddCartItemDocument, accepted, CheckoutDocument, type Client } from '../../src/cli/client.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { fillCart, shelve } from '../e2e/shop.ts';
import { inBrowser, openBrowser } from './chromium.ts';
import { openPage } from './opened-page.ts';

let panier: TestPanier;
let browser: Browser;
let client: Client;
let products: readonly string[];

const opened = (path: string) => openPage(browser, { url: panier.url, path, token: OPERATOR_TOKEN });

const add = async (cartId: string, productId: string, quantity: number): Promise<void> => {
  accepted((await client.request(AddCartItemDocument, { input: { cartId, productId, quantity } })).addCartItem);
};

inBrowser('a cart', () => {
  beforeAll(async () => {
    [panier, browser] = await Promise.all([startPanier(), openBrowser()]);
    client = panier.client();
    products = [await shelve(client, 9), await shelve(client, 9)];
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await panier[Symbol.asyncDispose]();
  });

  it('is shown as it changes, and leads to the order that it becomes', async () => {
    const [first = '', second = ''] = products;
    const cartId = await fillCart(client, [{ productId: first, quantity: 1 }]);
    const { page, troubles } = await opened(`/console/carts/${cartId}`);
    const lines = page.getByRole('table');
    await lines.getByRole('row').filter({ hasText: first }).waitFor();
    await add(cartId, second, 3);
    await lines.getByRole('row').filter({ hasText: second }).getByRole('cell', { name: '3', exact: true }).waitFor();
    await page
      .getByRole('listitem')
      .filter({ hasText: `3 × Product ${second} put in` })
      .first()
      .waitFor();
    const order = accepted((await client.request(CheckoutDocument, { input: { cartId } })).checkout);
    await page.getByRole('paragraph').getByRole('link', { name: order.id }).click();
    await page.waitForURL(`**/console/orders/${order.id}`);
    expect(troubles).toEqual([]);
  });

  it('is shown as it was at each moment of its history, by keys alone, and by a link', async () => {
    const [first = '', second = ''] = products;
    const cartId = await fillCart(client, [
      { productId: first, quantity: 1 },
      { productId: second, quantity: 4 },
    ]);
    const { page, troubles } = await opened(`/console/carts/${cartId}`);
    const slider = page.getByRole('slider', { name: 'Moment' });
    await page.getByText('As it is, live · 3 of 3').waitFor();
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByText('As it was · 2 of 3').waitFor();
    const second4 = page.getByRole('table').getByRole('row').filter({ hasText: second });
    await second4.waitFor({ state: 'detached' });
    await page.keyboard.press('Home');
    await page.getByText('Nothing is in it.').waitFor();
    await page.reload();
    await page.getByText('As it was · 1 of 3').waitFor();
    await page.getByText('Nothing is in it.').waitFor();
    await add(cartId, first, 1);
    await page.getByText('As it was · 1 of 4').waitFor();
    await page.getByRole('button', { name: 'Now' }).press('Enter');
    await page.getByText('As it is, live · 4 of 4').waitFor();
    await second4.waitFor();
    expect(troubles).toEqual([]);
  });

  it('that there is not is told of', async () => {
    const { page, troubles } = await opened('/console/carts/cart_00000000000000000000000000');
    await page.getByRole('heading', { name: 'There is no cart of this id.' }).waitFor();
    expect(troubles).toEqual([]);
  });
});
