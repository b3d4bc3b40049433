import type { Browser, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startProxy, type TcpProxy } from '../../../harness/support/tcp-proxy.ts';
import { OPERATOR_TOKEN } from '../../../harness/support/tokens.ts';
import { newId } from '../../../src/events/index.ts';
import { startPanier, type TestPanier } from '../../e2e/panier.ts';
import { shelve } from '../../e2e/shop.ts';
import { inBrowser } from '../chromium.ts';
import { openPage } from '../opened-page.ts';
import { setStage } from '../stage.ts';
import { eventsInside, goToCheckout, isTold, orderCart, putIntoCart, visitorOf } from './customer.ts';

let panier: TestPanier;
let proxy: TcpProxy;
let browser: Browser;

const customer = (path = '/shop') => openPage(browser, { url: proxy.url, path });

const operatorAsks = async (query: string): Promise<unknown> => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${OPERATOR_TOKEN}` };
  const response = await fetch(`${panier.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return response.json();
};

const doubleClick = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });

inBrowser('the shop, whatever its customer does', () => {
  setStage(startPanier, async (stage) => {
    ({ server: panier, browser } = stage);
    proxy = stage.besides.use(await startProxy(panier.url));
  });

  it('a double click orders once', async () => {
    const { page, troubles } = await customer();
    await putIntoCart(page, await shelve(panier.client(), 9));
    await goToCheckout(page);
    const asked: string[] = [];
    page.on('request', (request) => {
      const body = request.postData() ?? '';
      if (body.includes('"paymentMethod"')) asked.push(/"idempotencyKey":"([^"]+)"/.exec(body)?.[1] ?? '');
    });
    await doubleClick(page, 'Order and pay');
    await isTold(page, 'Thank you, it is yours');
    expect(new Set(asked).size).toBe(1);
    await page.getByRole('link', { name: 'My orders' }).click();
    await page.getByRole('link', { name: /^1 × Product/ }).waitFor();
    expect(await page.getByRole('link', { name: /^1 × Product/ }).count()).toBe(1);
    expect(troubles).toEqual([]);
  });

  it('a second tab, a reload and the back button show the cart as it is', async () => {
    const { page, context, troubles } = await customer();
    await putIntoCart(page, await shelve(panier.client(), 9));
    const second = await context.newPage();
    await second.goto('/shop/cart');
    await second.getByRole('button', { name: /^One more/ }).click();
    await page.getByRole('link', { name: 'Cart, 2 items' }).click();
    await page.getByLabel('Quantity').getByText('2', { exact: true }).waitFor();
    await page.reload();
    await page.getByLabel('Quantity').getByText('2', { exact: true }).waitFor();
    await orderCart(page);
    await isTold(page, 'Thank you, it is yours');
    await second.getByRole('heading', { name: 'This cart has become an order' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'This cart has become an order' }).waitFor();
    await page.goForward();
    await isTold(page, 'Thank you, it is yours');
    expect(troubles).toEqual([]);
  });

  it('what is put in while nobody answers is kept, and done once there is an answer', async () => {
    const { page, context } = await customer();
    await page.goto(`/shop/products/${await shelve(panier.client(), 9)}`);
    await page.getByText('9 in stock').waitFor();
    await context.setOffline(true);
    await page.getByRole('button', { name: /^Add to cart/ }).click();
    const told = page.getByText('What you asked for is kept');
    await told.waitFor();
    expect(await page.getByRole('link', { name: /in your cart/ }).count()).toBe(0);
    await context.setOffline(false);
    await page.getByRole('link', { name: '1 in your cart' }).waitFor();
    expect(await told.count()).toBe(0);
  });

  it('a kept cart that panier does not know is an empty one', async () => {
    const { page, troubles } = await customer();
    await putIntoCart(page, await shelve(panier.client(), 9));
    await page.evaluate((cartId) => {
      const visit = JSON.parse(localStorage.getItem('panier.shop.visit') ?? '{}') as object;
      localStorage.setItem('panier.shop.visit', JSON.stringify({ ...visit, cartId }));
    }, newId('Cart'));
    for (const path of ['/shop/cart', '/shop/checkout']) {
      await page.goto(path);
      await page.getByRole('heading', { name: 'Your cart is empty' }).waitFor();
    }
    expect(troubles).toEqual([]);
  });

  it('a connection that is cut while somebody watches misses nothing, and shows nothing twice', async () => {
    const { page, troubles } = await customer();
    await putIntoCart(page, await shelve(panier.client(), 9));
    const id = await orderCart(page, 'Pay later');
    await isTold(page, 'Reserved for you');
    proxy.leadTo('http://127.0.0.1:9');
    proxy.cut();
    await page.getByText('No connection to panier').waitFor();
    await operatorAsks(
      `mutation { payOrder(input: { orderId: "${id}", paymentMethod: "pm_card_visa" }) { __typename } }`,
    );
    proxy.leadTo(panier.url);
    await isTold(page, 'Thank you, it is yours');
    await page.getByText('The saga is over').waitFor();
    expect(await eventsInside(page)).toEqual([
      'OrderCreated',
      'StockReserved',
      'PaymentRequested',
      'PaymentSucceeded',
      'OrderConfirmed',
    ]);
    expect(troubles).toEqual([]);
  });

  it('a visit that panier does not take any more is replaced, and its customer is told', async () => {
    const { page, troubles } = await customer();
    await putIntoCart(page, await shelve(panier.client(), 9));
    const before = await visitorOf(page);
    await operatorAsks(`mutation { revokeTokens(sub: "${before}") { __typename } }`);
    await page.getByText('Your visit had ended, so a new one has begun.').waitFor();
    await page.getByRole('link', { name: 'Cart, 0 items' }).waitFor();
    await page.getByRole('button', { name: 'Understood' }).click();
    expect(await visitorOf(page)).not.toBe(before);
    await putIntoCart(page, await shelve(panier.client(), 9));
    await orderCart(page);
    await isTold(page, 'Thank you, it is yours');
    expect(troubles).toEqual([]);
  });

  it('is used by a visitor, also where a cookie says otherwise', async () => {
    const { page, context } = await customer();
    // A visit that is still being started would be asked for beside the next one.
    await page.waitForFunction(() => localStorage.getItem('panier.shop.visit') !== null);
    await context.addCookies([{ name: 'panier-1', value: OPERATOR_TOKEN, domain: '127.0.0.1', path: '/graphql' }]);
    const asked: Promise<Readonly<Record<string, string>>>[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/graphql') && request.method() === 'POST') asked.push(request.allHeaders());
    });
    // Where no shop runs, which would ask for a visit in the moment before it is left.
    await page.goto('/livez');
    await page.evaluate(() => localStorage.clear());
    await putIntoCart(page, await shelve(panier.client(), 9));
    const headers = await Promise.all(asked);
    const asNobody = headers.filter(({ authorization }) => authorization === undefined);
    expect(asNobody.map(({ cookie }) => cookie)).toEqual([undefined]);
    expect(headers.filter(({ cookie }) => cookie !== undefined).length).toBeGreaterThan(0);
  });

  it('is used by the keyboard alone, and in French', async () => {
    const productId = await shelve(panier.client(), 9);
    const { page, troubles } = await openPage(browser, {
      url: panier.url,
      path: `/shop/products/${productId}`,
      locale: 'fr-FR',
    });
    const press = async (name: RegExp, role: 'button' | 'link', key: string): Promise<void> => {
      const wanted = page.getByRole(role, { name });
      await wanted.waitFor();
      while (!(await wanted.evaluate((element) => element === document.activeElement)))
        await page.keyboard.press('Tab');
      await page.keyboard.press(key);
    };
    await press(/^Ajouter au panier/, 'button', 'Enter');
    await press(/^1 dans votre panier/, 'link', 'Enter');
    await press(/^Un de plus/, 'button', 'Space');
    await press(/^Passer la commande/, 'link', 'Enter');
    await press(/^Commander et payer/, 'button', 'Enter');
    await isTold(page, 'Merci, c’est à vous');
    expect(troubles).toEqual([]);
  });
});
