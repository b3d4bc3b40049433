import type { Browser, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { OPERATOR_TOKEN, tokenOf } from '../../harness/support/tokens.ts';
import type { Client } from '../../src/cli/client.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { placeOrder, shelve, stands } from '../e2e/shop.ts';
import { inBrowser } from './chromium.ts';
import { openPage } from './opened-page.ts';
import { setStage } from './stage.ts';

let panier: TestPanier;
let browser: Browser;
let client: Client;

const opened = (search = '', token: string = OPERATOR_TOKEN) =>
  openPage(browser, { url: panier.url, path: `/console/products${search}`, token });

const rowOf = (page: Page, id: string) => page.getByRole('row').filter({ hasText: id });

inBrowser('the products', () => {
  setStage(startPanier, (stage) => {
    ({ server: panier, browser } = stage);
    client = panier.client();
  });

  it('show their stock as orders take it', async () => {
    const id = await shelve(client, 5);
    const { page, troubles } = await opened();
    await rowOf(page, id).getByRole('cell', { name: '5', exact: true }).waitFor();
    await placeOrder(client, [{ productId: id, quantity: 2 }]);
    await rowOf(page, id).getByRole('cell', { name: '3', exact: true }).waitFor();
    await rowOf(page, id).getByRole('cell', { name: '2', exact: true }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('are created, put in stock and given another price, each with the event that it made', async () => {
    const { page, troubles } = await opened();
    await page.getByRole('button', { name: 'New product' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Id').fill('prod_tea');
    await dialog.getByLabel('Name').fill('Green tea');
    await dialog.getByLabel('Price').fill('6.50');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByRole('link', { name: 'ProductUpserted' }).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('link', { name: 'Green tea' }).click();
    const panel = page.getByRole('complementary', { name: 'Green tea' });
    await panel.getByRole('button', { name: 'Adjust stock' }).click();
    await dialog.getByLabel('By how many').fill('-1');
    await dialog.getByLabel('Reason').fill('a delivery');
    await dialog.getByRole('button', { name: 'Adjust' }).click();
    await dialog.getByRole('alert').getByText('0 available').waitFor();
    await dialog.getByLabel('By how many').fill('12');
    await dialog.getByRole('button', { name: 'Adjust' }).click();
    await dialog.getByText('"a delivery"').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await panel.getByRole('definition').filter({ hasText: '12' }).waitFor();
    await panel.getByRole('button', { name: 'Edit' }).click();
    await dialog.getByLabel('Price').fill('7.00');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('"7.00"').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await rowOf(page, 'prod_tea').getByText('€7.00').waitFor();
    expect(troubles).toEqual([]);
  });

  it('are adjusted once when panier’s answer is lost, and the command is given again', async () => {
    const id = await shelve(client, 5);
    const { page } = await opened(`?product=${id}`);
    await page.getByRole('button', { name: 'Adjust stock' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('By how many').fill('4');
    await dialog.getByLabel('Reason').fill('a delivery');
    const [sent, arrived] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('"delta"') !== true) return route.continue();
      await route.fetch();
      sent.resolve();
      await arrived.promise;
      return route.abort();
    });
    await dialog.getByRole('button', { name: 'Adjust' }).click();
    await sent.promise;
    await page.keyboard.press('Escape');
    arrived.resolve();
    await dialog.getByRole('alert').getByText('it may have been done').waitFor();
    await page.unroute('**/graphql');
    await dialog.getByRole('button', { name: 'Adjust' }).click();
    await dialog.getByText('"a delivery"').waitFor();
    expect(await dialog.getByRole('alert').count()).toBe(0);
    await stands(client, id, { available: 9, reserved: 0, sold: 0 });
  });

  it('are found by name, and by what is left', async () => {
    const id = await shelve(client, 0);
    await shelve(client, 3);
    const { page, troubles } = await opened('?stock=none');
    await rowOf(page, id).waitFor();
    expect(await page.getByRole('table').getByRole('link').count()).toBe(1);
    await page.getByLabel('Name').fill('nothing of the kind');
    await page.getByRole('heading', { name: 'No product fits.' }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('offer nothing that whoever looks may not do, and say why', async () => {
    const id = await shelve(client, 1);
    const reader = await tokenOf({ role: 'operator', subject: 'reader', scopes: ['orders:read'] });
    const { page, troubles } = await opened(`?product=${id}`, reader);
    await page.getByText('your token needs the scope stock:write').waitFor();
    await page.getByText('your token needs the scope catalogue:write').waitFor();
    expect(await page.getByRole('button', { name: /Adjust|Edit|New product/ }).count()).toBe(0);
    expect(troubles).toEqual([]);
  });
});
