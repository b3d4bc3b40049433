import type { Browser, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import { answering, openSink } from '../../harness/webhooks/sink.ts';
import type { Client } from '../../src/cli/client.ts';
import { STREAMS } from '../../src/events/index.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { ends, placeOrder, shelve } from '../e2e/shop.ts';
import { inBrowser } from './chromium.ts';
import { openPage } from './opened-page.ts';
import { setStage } from './stage.ts';

let panier: TestPanier;
let browser: Browser;
let client: Client;

const opened = (path: string) => openPage(browser, { url: panier.url, path, token: OPERATOR_TOKEN });

const buy = async (paymentMethod: string): Promise<string> => {
  const productId = await shelve(client, 1);
  const id = await placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod });
  await ends(client, id);
  return id;
};

const figureOf = async (page: Page, name: string): Promise<number> => {
  const tile = page
    .getByRole('main')
    .locator('dl > div')
    .filter({ has: page.getByRole('link', { name, exact: true }) });
  return Number(await tile.locator('dd').first().innerText());
};

const verify = async (page: Page, { pauseSeconds }: { readonly pauseSeconds: number }): Promise<void> => {
  await page.getByRole('button', { name: 'Verify…' }).click();
  await page.getByLabel('Fold the read models').uncheck();
  await page.getByLabel('Seconds during which').fill('0');
  await page.getByLabel('Seconds until').fill(String(pauseSeconds));
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
};

inBrowser('operations in the console', () => {
  setStage(
    () => startPanier({ maxDeliveries: 1, webhookAllowance: { hosts: [], ranges: [], isPrivate: true } }),
    (stage) => {
      ({ server: panier, browser } = stage);
      client = panier.client();
    },
  );

  it('show at a glance what happens, who does it, and lead to the orders', async () => {
    await buy('pm_card_visa');
    const { page, troubles } = await opened('/console');
    await page.getByRole('figure', { name: 'Orders a second, over time' }).waitFor();
    const before = await figureOf(page, 'Confirmed');
    await buy('pm_card_visa');
    await expect.poll(() => figureOf(page, 'Confirmed')).toBe(before + 1);
    const row = page.getByRole('table', { name: 'From checkout to end' }).getByRole('row', { name: /Confirmed/ });
    await row.waitFor();
    for (const group of ['inventory-saga-consumer', 'ecommerce-api', 'event-audit-api'])
      await page.getByRole('table', { name: 'Consumer groups' }).getByText(group).waitFor();
    await page.getByRole('table', { name: 'Processes' }).getByText('saga').waitFor();
    await page.getByRole('link', { name: '1 hour' }).click();
    await page.getByRole('link', { name: '1 hour' }).and(page.locator('[aria-current]')).waitFor();
    expect(new URL(page.url()).search).toBe('?window=HOUR');
    await page.getByRole('link', { name: 'Confirmed', exact: true }).click();
    await page.getByRole('heading', { name: 'Orders' }).waitFor();
    expect(new URL(page.url()).search).toBe('?status=CONFIRMED');
    expect(troubles).toEqual([]);
  });

  it('verify every rule, name what is broken, and keep who asked', async () => {
    await panier.redis.xadd(STREAMS.carts, '*', 'event_type', 'CartEaten');
    const { page, troubles } = await opened('/console/health');
    const rule = page.getByRole('listitem').filter({ hasText: 'no dead letter waits for an operator' });
    await verify(page, { pauseSeconds: 600 });
    await rule.getByText('found once, looked for again').waitFor();
    await page.getByRole('button', { name: 'Stop it' }).click();
    await page.getByRole('heading', { name: 'Stopped before it was through' }).waitFor();
    await verify(page, { pauseSeconds: 0 });
    await rule.getByText('broken').waitFor();
    await rule.getByRole('link', { name: /^dead_/ }).waitFor();
    await page.getByRole('heading', { name: 'Rules are broken' }).waitFor();
    await page
      .getByRole('navigation', { name: 'Last runs' })
      .getByText(/completed .* Operator operator/)
      .waitFor();
    expect(troubles).toEqual([]);
  });

  it('rebuild the read models, which are the same', async () => {
    const { page, troubles } = await opened('/console/health');
    await page.getByRole('button', { name: 'Replay…' }).click();
    await page.getByRole('button', { name: 'Replay the event store' }).click();
    await page.getByRole('heading', { name: 'The read models are what the events say' }).waitFor();
    await page.getByText('swap').waitFor();
    expect(troubles).toEqual([]);
  });

  it('keep a webhook endpoint from its secret, told once, to its end', async () => {
    await using sink = await openSink(answering(503));
    const { page, troubles } = await opened('/console/webhooks');
    await page.getByRole('button', { name: 'New endpoint' }).first().click();
    await page.getByLabel('URL').fill(`${sink.url}/hooks`);
    await page.getByLabel('Event types').fill('NoSuchThing');
    await page.getByRole('dialog').getByRole('button', { name: 'New endpoint' }).click();
    await page.getByRole('alert').getByText('NoSuchThing').waitFor();
    await page.getByLabel('Event types').fill('OrderConfirmed');
    await page.getByRole('dialog').getByRole('button', { name: 'New endpoint' }).click();
    await page.getByText(/^whsec_/).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    const endpoint = page.getByRole('listitem').filter({ hasText: sink.url });
    await buy('pm_card_visa');
    await endpoint.getByText('Failing').waitFor();
    sink.answer(answering(204));
    await endpoint.getByRole('button', { name: 'Try now' }).click();
    await endpoint.getByText('everything is delivered').waitFor();
    await endpoint.getByRole('button', { name: 'Send again…' }).click();
    await page.getByLabel('Which events').selectOption('All, from the first on');
    const before = sink.received.length;
    await page.getByRole('button', { name: 'Send events again' }).click();
    await page.getByText('They are on their way.').waitFor();
    await expect.poll(() => sink.received.length).toBeGreaterThan(before);
    await page.getByRole('button', { name: 'Close' }).click();
    await endpoint.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('button', { name: 'Delete the endpoint' }).click();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('heading', { name: 'Nobody is told of events yet' }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('say that they may be old while nobody answers, and are not once somebody does', async () => {
    const { page, context, troubles } = await opened('/console/webhooks');
    await page.getByRole('heading', { name: 'Nobody is told of events yet' }).waitFor();
    await context.setOffline(true);
    const stale = page.getByText('What you see may be old');
    await stale.waitFor();
    await context.setOffline(false);
    await stale.waitFor({ state: 'detached' });
    expect(troubles).toEqual([]);
  });

  it('show payments as they come, and why one failed', async () => {
    await buy('pm_card_visa');
    const { page, troubles } = await opened('/console/payments');
    await page.getByRole('navigation', { name: 'Payments by state' }).waitFor();
    const refused = await buy('pm_card_chargeDeclined');
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: refused }) });
    await row.getByText('Failed', { exact: true }).waitFor();
    await row.getByText('Your card was declined.').waitFor();
    await page.getByRole('link', { name: /^Paid/ }).click();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('row').getByText('Paid', { exact: true }).first().waitFor();
    expect(troubles).toEqual([]);
  });
});
