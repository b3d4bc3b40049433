import type { Browser, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import { CancelOrderDocument, type Client } from '../../src/cli/client.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { ends, placeOrder, reaches, shelve } from '../e2e/shop.ts';
import { inBrowser } from './chromium.ts';
import { openPage } from './opened-page.ts';
import { setStage } from './stage.ts';

let panier: TestPanier;
let browser: Browser;
let client: Client;

const opened = (search = '') =>
  openPage(browser, { url: panier.url, path: `/console/orders${search}`, token: OPERATOR_TOKEN });

const rowOf = (page: Page, id: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name: id }) });

const waitsFor = async (productId: string): Promise<string> => {
  const id = await placeOrder(client, [{ productId, quantity: 1 }]);
  await reaches(client, id, 'AWAITING_PAYMENT');
  return id;
};

inBrowser('the list of orders', () => {
  setStage(startPanier, (stage) => {
    ({ server: panier, browser } = stage);
    client = panier.client();
  });

  it('changes a row in place as its order goes on', async () => {
    const id = await waitsFor(await shelve(client, 1));
    const { page, troubles } = await opened();
    await rowOf(page, id).getByText('Awaiting payment').waitFor();
    await client.request(CancelOrderDocument, { input: { orderId: id } });
    await rowOf(page, id).getByText('Cancelled by the customer').waitFor();
    expect(troubles).toEqual([]);
  });

  it('is filtered by its address, which the back button takes back', async () => {
    const short = await placeOrder(client, [{ productId: await shelve(client, 0), quantity: 1 }]);
    const waiting = await waitsFor(await shelve(client, 1));
    await ends(client, short);
    const { page, troubles } = await opened('?status=REJECTED');
    await page.getByRole('link', { name: short }).waitFor();
    expect(await page.getByRole('link', { name: waiting }).count()).toBe(0);
    await page.getByLabel('Words of the failure').fill('nothing of the kind');
    await page.getByRole('heading', { name: 'No order fits.' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: short }).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('link', { name: waiting }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(troubles).toEqual([]);
  });

  it('announces what is new where it is filtered, and moves nothing until asked', async () => {
    const productId = await shelve(client, 2);
    const first = await waitsFor(productId);
    const { page, troubles } = await opened(`?product=${productId}`);
    await page.getByRole('link', { name: first }).waitFor();
    const second = await waitsFor(productId);
    const button = page.getByRole('button', { name: '1 new' });
    await button.waitFor();
    expect(await page.getByRole('link', { name: second }).count()).toBe(0);
    await button.click();
    await page.getByRole('link', { name: second }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('goes on page by page', async () => {
    const productId = await shelve(client, 30);
    const lines = [{ productId, quantity: 1 }];
    const ids = await Promise.all(Array.from({ length: 27 }, () => placeOrder(client, lines)));
    await Promise.all(ids.map((id) => reaches(client, id, 'AWAITING_PAYMENT')));
    const { page, troubles } = await opened(`?product=${productId}`);
    await page.getByRole('button', { name: 'Load more' }).click();
    await page.getByRole('table').getByRole('link').nth(26).waitFor();
    const listed = await page.getByRole('table').getByRole('link').allInnerTexts();
    expect(new Set(listed)).toEqual(new Set(ids));
    expect(await page.getByRole('button', { name: 'Load more' }).count()).toBe(0);
    expect(troubles).toEqual([]);
  });

  it('is walked by keys alone', async () => {
    const productId = await shelve(client, 2);
    const older = await waitsFor(productId);
    const newer = await waitsFor(productId);
    const { page, troubles } = await opened();
    await page.getByRole('link', { name: newer }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    for (const key of ['j', 'ArrowDown', 'k', 'j', 'Enter']) await page.keyboard.press(key);
    await page.waitForURL(`**/console/orders/${older}`);
    expect(troubles).toEqual([]);
  });
});
