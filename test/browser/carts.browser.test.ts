import type { Browser, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import { AddCartItemDocument, accepted, CheckoutDocument, type Client } from '../../src/cli/client.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { fillCart, shelve } from '../e2e/shop.ts';
import { inBrowser } from './chromium.ts';
import { openPage } from './opened-page.ts';
import { setStage } from './stage.ts';

let panier: TestPanier;
let browser: Browser;
let client: Client;
let products: readonly string[];

const opened = (path: string) => openPage(browser, { url: panier.url, path, token: OPERATOR_TOKEN });

const add = async (cartId: string, productId: string, quantity: number): Promise<void> => {
  accepted((await client.request(AddCartItemDocument, { input: { cartId, productId, quantity } })).addCartItem);
};

const rowOf = (page: Page, id: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name: id }) });

inBrowser('carts', () => {
  setStage(startPanier, async (stage) => {
    ({ server: panier, browser } = stage);
    client = panier.client();
    products = [await shelve(client, 9), await shelve(client, 9)];
  });

  it('are listed as they change, and found by their customer', async () => {
    const [productId = ''] = products;
    const mine = await fillCart(client, [{ productId, quantity: 1 }], { customerId: 'grace' });
    const { page, troubles } = await opened('/console/carts');
    await rowOf(page, mine).getByText(`1 × Product ${productId}`).waitFor();
    const other = await fillCart(client, [{ productId, quantity: 2 }]);
    await rowOf(page, other).getByText(`2 × Product ${productId}`).waitFor();
    await add(mine, productId, 2);
    await rowOf(page, mine).getByText(`3 × Product ${productId}`).waitFor();
    await page.getByLabel('Customer').fill('grace');
    await rowOf(page, other).waitFor({ state: 'detached' });
    accepted((await client.request(CheckoutDocument, { input: { cartId: mine } })).checkout);
    await rowOf(page, mine).getByText('Checked out').waitFor();
    await page.keyboard.press('Escape');
    await rowOf(page, mine).getByRole('link').press('Enter');
    await page.getByRole('slider', { name: 'Moment' }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('are shown as they change, and lead to the order that they become', async () => {
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

  it('are shown as they were at each moment of their history, by keys alone, and by a link', async () => {
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

  it('that there are not are told of', async () => {
    const { page, troubles } = await opened('/console/carts/cart_00000000000000000000000000');
    await page.getByRole('heading', { name: 'There is no cart of this id.' }).waitFor();
    expect(troubles).toEqual([]);
  });
});
