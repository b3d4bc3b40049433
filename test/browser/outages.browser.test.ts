import type { Browser, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import { accepted, type Client, PayOrderDocument } from '../../src/cli/client.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { ends, shelve } from '../e2e/shop.ts';
import { inBrowser } from './chromium.ts';
import { type GatewayProcess, startGateway } from './gateway-process.ts';
import { openPage } from './opened-page.ts';
import { eventsInside, isTold, orderCart, putIntoCart } from './shop/customer.ts';
import { setStage } from './stage.ts';

const STEPS = ['OrderCreated', 'StockReserved', 'PaymentRequested', 'PaymentSucceeded', 'OrderConfirmed'];

let panier: TestPanier;
let gateway: GatewayProcess;
let browser: Browser;
let client: Client;

const operator = (path: string) => openPage(browser, { url: gateway.url, path, token: OPERATOR_TOKEN });

/** By way of another gateway than the browser's. */
const pay = async (orderId: string): Promise<void> => {
  accepted((await client.request(PayOrderDocument, { input: { orderId, paymentMethod: 'pm_card_visa' } })).payOrder);
  await ends(client, orderId);
};

const rowsOf = (page: Page, orderId: string) => page.getByRole('row').filter({ hasText: orderId });

const eventsOf = async (page: Page, orderId: string): Promise<readonly string[]> =>
  (await rowsOf(page, orderId).getByRole('link').allInnerTexts()).toReversed();

/** An operator who watches what happens, and somebody who orders and waits before they pay. */
const watched = async () => {
  const watching = await operator('/console/events');
  await watching.page.getByRole('heading', { name: 'Events', exact: true }).waitFor();
  const customer = await openPage(browser, { url: gateway.url, path: '/shop' });
  await putIntoCart(customer.page, await shelve(client, 9));
  const orderId = await orderCart(customer.page, 'Pay later');
  await isTold(customer.page, 'Reserved for you');
  await rowsOf(watching.page, orderId).filter({ hasText: 'StockReserved' }).waitFor();
  return { customer, watching, orderId };
};

type Watched = Awaited<ReturnType<typeof watched>>;

/** What both have seen of the order, once it is over. */
const seenToItsEnd = async ({ customer, watching, orderId }: Watched) => {
  await isTold(customer.page, 'Thank you, it is yours');
  await rowsOf(watching.page, orderId).filter({ hasText: 'OrderConfirmed' }).waitFor();
  await customer.page.getByText('The saga is over').waitFor();
  return {
    customer: await eventsInside(customer.page),
    operator: await eventsOf(watching.page, orderId),
    troubles: [...customer.troubles, ...watching.troubles],
  };
};

/** Every event, and each once. */
const ALL = { customer: STEPS, operator: STEPS, troubles: [] };

inBrowser('shop and console, whatever becomes of the gateway that they talk to', () => {
  setStage(startPanier, async (stage) => {
    ({ server: panier, browser } = stage);
    client = panier.client();
    gateway = stage.besides.use(await startGateway(panier));
  });

  it('say that it is gone when it is killed, and show all that happened when it is back', async () => {
    const both = await watched();
    await gateway.kill();
    await both.customer.page.getByText('No connection to panier').waitFor();
    await both.watching.page.getByText('No connection to panier').waitFor();
    await pay(both.orderId);
    await gateway.restart();
    expect(await seenToItsEnd(both)).toEqual(ALL);
  });

  it('say it once where the page asks again by itself, too', async () => {
    const { page } = await operator('/console/stuck-orders');
    await page.getByRole('heading', { name: 'No order is stuck' }).waitFor();
    await gateway.kill();
    await page.getByText('No connection to panier').waitFor();
    // Each of its three queries in vain, and one again: by then the page has been told.
    for (let nth = 0; nth < 4; nth += 1)
      await page.waitForEvent('requestfailed', (request) => request.method() === 'POST');
    await page.getByText('No connection to panier').waitFor();
    expect(await page.getByText('may be old').count()).toBe(1);
    await gateway.restart();
    await page.getByText('may be old').waitFor({ state: 'detached' });
  });

  it('go on when their machine was offline', async () => {
    const both = await watched();
    for (const { context } of [both.customer, both.watching]) await context.setOffline(true);
    await gateway.kill();
    await pay(both.orderId);
    await gateway.restart();
    expect(await eventsOf(both.watching.page, both.orderId)).toEqual(STEPS.slice(0, 2));
    for (const { context } of [both.customer, both.watching]) await context.setOffline(false);
    expect(await seenToItsEnd(both)).toEqual(ALL);
  });
});
