import type { Browser, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import { AdjustStockDocument, accepted, type Client } from '../../src/cli/client.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { ends, fillCart, placeOrder, shelve } from '../e2e/shop.ts';
import { inBrowser } from './chromium.ts';
import { openPage } from './opened-page.ts';
import { setStage } from './stage.ts';

let panier: TestPanier;
let browser: Browser;
let client: Client;
let productId: string;

const opened = (search = '') =>
  openPage(browser, { url: panier.url, path: `/console/events${search}`, token: OPERATOR_TOKEN });

const rowsOf = (page: Page, id: string) => page.getByRole('row').filter({ hasText: id });

inBrowser('the tail of the event store', () => {
  setStage(startPanier, async (stage) => {
    ({ server: panier, browser } = stage);
    client = panier.client();
    productId = await shelve(client, 9);
  });

  it('counts what comes while it is paused, and shows all of it when it goes on', async () => {
    const { page, troubles } = await opened();
    await rowsOf(page, productId).first().waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    const cartId = await fillCart(client, [{ productId, quantity: 2 }]);
    await page.getByText('Paused: 2 came meanwhile').waitFor();
    expect(await rowsOf(page, cartId).count()).toBe(0);
    await page.getByRole('button', { name: 'Resume' }).click();
    await rowsOf(page, cartId).nth(1).waitFor();
    expect(await rowsOf(page, cartId).getByRole('link').allInnerTexts()).toEqual(['CartItemAdded', 'CartCreated']);
    expect(troubles).toEqual([]);
  });

  it('waits while somebody is at its rows, and goes on once they have seen what came', async () => {
    const { page, troubles } = await opened(`?types=CartCreated`);
    await fillCart(client, []);
    await page.getByRole('table').getByRole('link').first().focus();
    const cartId = await fillCart(client, []);
    await page.getByRole('button', { name: '1 new' }).click();
    await rowsOf(page, cartId).waitFor();
    await page.mouse.move(0, 0);
    const next = await fillCart(client, []);
    await rowsOf(page, next).waitFor();
    expect(troubles).toEqual([]);
  });

  it('goes back as far as the store does', async () => {
    const id = await shelve(client, 0);
    for (let nth = 0; nth < 60; nth += 1)
      accepted((await client.request(AdjustStockDocument, { input: { productId: id, delta: 1 } })).adjustStock);
    const { page, troubles } = await opened(`?aggregate=${id}`);
    await rowsOf(page, id).nth(49).waitFor();
    await page.getByRole('button', { name: 'Load older ones' }).click();
    await rowsOf(page, 'ProductUpserted').waitFor();
    expect(await rowsOf(page, id).count()).toBe(61);
    expect(await page.getByRole('button', { name: 'Load older ones' }).count()).toBe(0);
    expect(troubles).toEqual([]);
  });

  it('leads from an effect to its cause, and on to the whole saga', async () => {
    const orderId = await placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' });
    await ends(client, orderId);
    const { page, troubles } = await opened('?types=StockReserved');
    await rowsOf(page, orderId).getByRole('link').click();
    const detail = page.getByRole('complementary');
    await detail.getByRole('link', { name: 'OrderCreated' }).click();
    await page
      .getByRole('complementary', { name: 'OrderCreated' })
      .getByRole('link', { name: 'CartCheckedOut' })
      .click();
    await page
      .getByRole('complementary', { name: 'CartCheckedOut' })
      .getByRole('link', { name: 'OrderCreated' })
      .click();
    const created = page.getByRole('complementary', { name: 'OrderCreated' });
    await created.getByText('"method_kind"').waitFor();
    await created.getByRole('link', { name: 'Follow it all' }).click();
    await rowsOf(page, 'OrderConfirmed').waitFor();
    expect(await page.getByRole('table').getByRole('link').allInnerTexts()).toEqual([
      'OrderConfirmed',
      'PaymentSucceeded',
      'PaymentRequested',
      'StockReserved',
      'OrderCreated',
    ]);
    expect(troubles).toEqual([]);
  });

  it('finds an event by its id, which stands in the address', async () => {
    const { page, troubles } = await opened(`?types=StockAdjusted&aggregate=${productId}`);
    await rowsOf(page, productId).getByRole('link').click();
    await page.waitForURL(/event=/);
    const id = new URL(page.url()).searchParams.get('event') ?? '';
    await page.goto('/console/events');
    await page.getByLabel('Event', { exact: true }).fill(id);
    await page.getByRole('complementary', { name: 'StockAdjusted' }).waitFor();
    await page.getByLabel('Event', { exact: true }).fill('event_of_nothing');
    await page.getByRole('heading', { name: 'There is no event of this id.' }).waitFor();
    await page.goBack();
    await page.getByRole('table').getByRole('link').first().focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    expect(troubles).toEqual([]);
  });
});
