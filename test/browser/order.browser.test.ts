import { sql } from 'kysely';
import type { Browser, Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import { type Client, DeadLettersDocument, OrdersDocument } from '../../src/cli/client.ts';
import { newId, STREAMS } from '../../src/events/index.ts';
import { entryOf, paymentFailed } from '../e2e/other-service.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { ends, orderOf, placeOrder, reaches, shelve } from '../e2e/shop.ts';
import { inBrowser } from './chromium.ts';
import { openPage } from './opened-page.ts';
import { setStage } from './stage.ts';

let panier: TestPanier;
let browser: Browser;
let client: Client;

/** Several stretches of steps, and a burst. */
const MANY = 500;

const opened = (id: string) =>
  openPage(browser, { url: panier.url, path: `/console/orders/${id}`, token: OPERATOR_TOKEN });

const waiting = async (): Promise<string> => {
  const id = await placeOrder(client, [{ productId: await shelve(client, 3), quantity: 2 }]);
  await reaches(client, id, 'AWAITING_PAYMENT');
  return id;
};

const steps = (page: Page): Locator => page.getByRole('list', { name: 'Steps' });
const step = (page: Page, name: string | RegExp): Locator => steps(page).getByRole('button', { name });
const picture = (page: Page): Locator => page.getByRole('figure', { name: /The saga, drawn/ });

/** Its steps would be too many for one answer. */
const revisionOf = async (id: string): Promise<number> => {
  const { orders } = await client.request(OrdersDocument, { first: 100 });
  return orders.edges.find(({ node }) => node.id === id)?.node.revision ?? 0;
};

/** What another service says of an order, so many times, in one go. */
const report = async (id: string, times: number): Promise<void> => {
  const pipeline = panier.redis.pipeline();
  for (let nth = 0; nth < times; nth += 1)
    pipeline.xadd(STREAMS.payments, '*', ...Object.entries(entryOf(paymentFailed(id))).flat());
  await pipeline.exec();
};

inBrowser('the page of an order', () => {
  setStage(
    () => startPanier({ maxDeliveries: 1, claimIdleMs: 200 }),
    (stage) => {
      ({ server: panier, browser } = stage);
      client = panier.client();
    },
  );

  it('draws the saga, with what it waits for, and follows it once it is paid', async () => {
    const { page, troubles } = await opened(await waiting());
    await picture(page).getByText('waits for a payment').waitFor();
    await picture(page)
      .getByText(/^Reservation ends in 1\d:\d\d$/)
      .waitFor();
    await page.getByRole('button', { name: 'Pay', exact: true }).click();
    await page.getByLabel('Payment method').fill('pm_card_visa');
    await page.getByLabel('Reason').fill('paid by telephone');
    await page.getByRole('dialog').getByRole('button', { name: 'Pay', exact: true }).dblclick();
    await page.getByRole('dialog').getByText('"paid by telephone"').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    for (const type of ['StockReserved', 'PaymentRequested', 'PaymentSucceeded', 'OrderConfirmed']) {
      await step(page, new RegExp(type)).waitFor();
      await picture(page).getByText(type).waitFor();
    }
    await page.getByText('Available 1 · reserved 0 · sold 2').waitFor();
    expect(await picture(page).getByText('waits for').count()).toBe(0);
    expect(await steps(page).getByRole('listitem').count()).toBe(5);
    await page
      .getByRole('region', { name: /^Lines/ })
      .getByRole('link')
      .click();
    await page.getByRole('complementary').getByRole('button', { name: 'Adjust stock' }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('cancels for a reason, once, and shows the event', async () => {
    const id = await waiting();
    const { page, troubles } = await opened(id);
    await page.getByRole('button', { name: 'Cancel the order' }).click();
    const dialog = page.getByRole('dialog', { name: 'Cancel this order?' });
    await dialog.getByRole('button', { name: 'Cancel the order' }).click();
    expect((await orderOf(client, id)).status).toBe('AWAITING_PAYMENT');
    await dialog.getByLabel('Reason').fill('ordered twice by mistake');
    await dialog.getByRole('button', { name: 'Cancel the order' }).dblclick();
    await dialog.getByRole('figure', { name: 'Event OrderCancelled' }).getByText('ordered twice by mistake').waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('About the order').getByText('ordered twice by mistake').waitFor();
    await page.getByText('Available 3 · reserved 0 · sold 0').waitFor();
    await page.getByRole('button', { name: 'Order again' }).waitFor();
    expect(await step(page, /OrderCancelled/).count()).toBe(1);
    expect(troubles).toEqual([]);
  });

  it('shows the order as it was at any revision, and goes on meanwhile', async () => {
    const id = await placeOrder(client, [{ productId: await shelve(client, 1), quantity: 1 }], {
      paymentMethod: 'pm_card_chargeDeclined',
    });
    await ends(client, id);
    const { page, troubles } = await opened(id);
    const facts = page.getByLabel('About the order');
    await facts.getByText('Payment declined').waitFor();
    const slider = page.getByRole('slider', { name: 'Revision' });
    await slider.focus();
    for (let nth = 0; nth < 3; nth += 1) await page.keyboard.press('ArrowLeft');
    await page.getByText('as it was after step 2').waitFor();
    await facts.getByText('not asked for').waitFor();
    expect(await facts.getByText('Payment declined').count()).toBe(0);
    await page.waitForURL(/\?revision=2$/);
    await page.reload();
    await page.getByText('as it was after step 2').waitFor();
    await facts.getByText('not asked for').waitFor();
    await page.getByRole('button', { name: 'Back to now' }).first().click();
    await facts.getByText('Payment declined').waitFor();
    await page.waitForURL((url) => url.search === '');
    expect(troubles).toEqual([]);
  });

  it('is walked by keyboard alone: every step, its event, and what it led to', async () => {
    const id = await placeOrder(client, [{ productId: await shelve(client, 1), quantity: 1 }], {
      paymentMethod: 'pm_card_visa',
    });
    await reaches(client, id, 'CONFIRMED');
    const { page, troubles } = await opened(id);
    await step(page, /OrderConfirmed/).waitFor();
    await page.getByRole('slider').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await steps(page).getByText('"expires_at"').waitFor();
    await steps(page).getByRole('button', { name: '3 PaymentRequested', exact: true }).focus();
    await page.keyboard.press('Enter');
    await steps(page).getByText('"attempt"').waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'step-3');
    await page.keyboard.press('End');
    await page.waitForFunction(() => document.activeElement?.id === 'step-5');
    expect(troubles).toEqual([]);
  });

  it('retries the dead letter that holds the saga up', async () => {
    const productId = await shelve(client, 1);
    const check = sql`check (strpos(lines::text, ${sql.lit(productId)}) = 0)`;
    await sql`alter table saga.reservation add constraint fault ${check}`.execute(panier.db);
    const id = await placeOrder(client, [{ productId, quantity: 1 }]);
    await eventually(async () => {
      const { deadLetters } = await client.request(DeadLettersDocument, { first: 10 });
      expect(deadLetters.edges).toHaveLength(1);
    });
    await sql`alter table saga.reservation drop constraint fault`.execute(panier.db);
    const { page, troubles } = await opened(id);
    await picture(page).getByText('waits for the stock').waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByLabel('Reason').fill('the ledger is mended');
    await page.getByRole('dialog').getByRole('button', { name: 'Retry' }).click();
    await page.getByRole('dialog').getByText('"the ledger is mended"').waitFor();
    await page.keyboard.press('Escape');
    await picture(page).getByText('waits for a payment').waitFor();
    await page.getByText('Dead letters of this order').waitFor({ state: 'detached' });
    expect(troubles).toEqual([]);
  });

  it('opens an order of hundreds of steps: draws what is seen, reaches each, and goes on live', async () => {
    const id = await placeOrder(client, [{ productId: await shelve(client, 0), quantity: 1 }]);
    await reaches(client, id, 'REJECTED');
    await report(id, MANY);
    await eventually(async () => expect(await revisionOf(id)).toBe(MANY + 3), 45_000);
    const { page, troubles } = await opened(id);
    await page.getByLabel(/^Technical steps, too/).check();
    await step(page, /OrderCreated/).press('End');
    await page.waitForFunction((last) => document.activeElement?.id === `step-${last}`, MANY + 3);
    expect(await steps(page).getByRole('listitem').count()).toBeLessThan(60);
    await picture(page)
      .getByText(`PaymentFailed × ${MANY.toLocaleString('en')}`)
      .waitFor();
    await report(id, 1);
    await step(page, new RegExp(`^${MANY + 4}\\s*PaymentFailed`)).waitFor();
    expect(troubles).toEqual([]);
  });

  it('says so when there is no such order', async () => {
    const { page, troubles } = await opened(newId('Order'));
    await page.getByRole('heading', { name: 'There is no such order.' }).waitFor();
    await page.getByRole('link', { name: 'All orders' }).click();
    await page.getByRole('heading', { name: 'Orders', exact: true }).waitFor();
    expect(troubles).toEqual([]);
  });
});
