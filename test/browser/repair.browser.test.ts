import { sql } from 'kysely';
import type { Browser } from 'playwright-core';
import { expect, it } from 'vitest';
import { OPERATOR_TOKEN, tokenOf } from '../../harness/support/tokens.ts';
import type { Client } from '../../src/cli/client.ts';
import { STREAMS } from '../../src/events/index.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { placeOrder, reaches, shelve } from '../e2e/shop.ts';
import { inBrowser } from './chromium.ts';
import { openPage } from './opened-page.ts';
import { setStage } from './stage.ts';
import { tabTo } from './tab-to.ts';

let panier: TestPanier;
let browser: Browser;
let client: Client;

const opened = (path: string, token = OPERATOR_TOKEN) => openPage(browser, { url: panier.url, path, token });

/** An entry that no version of panier can read. */
const poison = async (type: string): Promise<void> =>
  void (await panier.redis.xadd(STREAMS.carts, '*', 'event_type', type, 'aggregate_id', 'cart_unknown'));

/** Every order of the product fails in the ledger, until the constraint is dropped. */
const refuseReservationsOf = async (productId: string, { db } = panier): Promise<void> => {
  const check = sql`check (strpos(lines::text, ${sql.lit(productId)}) = 0)`;
  await sql`alter table saga.reservation add constraint fault ${check}`.execute(db);
};

const mend = async (): Promise<void> =>
  void (await sql`alter table saga.reservation drop constraint fault`.execute(panier.db));

inBrowser('repairs in the console', () => {
  setStage(
    () => startPanier({ maxDeliveries: 1, claimIdleMs: 200 }),
    (stage) => {
      ({ server: panier, browser } = stage);
      client = panier.client();
    },
  );

  it('bring an order that is stuck on a dead letter to its end', async () => {
    const productId = await shelve(client, 1);
    await refuseReservationsOf(productId);
    const orderId = await placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' });
    const { page, troubles } = await opened('/console');
    await page.getByRole('link', { name: 'Open dead letters' }).waitFor();
    await page.getByRole('link', { name: 'Stuck orders' }).first().click();
    await page.goto('/console/stuck-orders?older=0');
    const stuck = page.getByRole('list', { name: 'Stuck orders' }).getByRole('listitem').filter({ hasText: orderId });
    await stuck.getByText('Waits for its stock to be reserved.').waitFor();
    await stuck.getByText('violates check constraint "fault"').waitFor();
    await mend();
    await stuck.getByRole('button', { name: 'Retry the dead letter' }).click();
    const repaired = page.getByRole('list', { name: 'Repaired here' }).getByRole('listitem');
    await repaired.filter({ hasText: orderId }).getByText('Confirmed').waitFor();
    await stuck.waitFor({ state: 'detached' });
    await reaches(client, orderId, 'CONFIRMED');
    expect(troubles).toEqual([]);
  });

  it('say that an entry fails and is tried again, while it is no dead letter yet', async () => {
    await using patient = await startPanier({ maxDeliveries: 1_000, claimIdleMs: 200 });
    const productId = await shelve(patient.client(), 1);
    await refuseReservationsOf(productId, patient);
    const orderId = await placeOrder(patient.client(), [{ productId, quantity: 1 }]);
    const path = '/console/stuck-orders?older=0';
    const { page, troubles } = await openPage(browser, { url: patient.url, path, token: OPERATOR_TOKEN });
    const stuck = page.getByRole('list', { name: 'Stuck orders' }).getByRole('listitem').filter({ hasText: orderId });
    await stuck.getByText(/^Waits for its stock.*inventory-saga-consumer has been given.* [2-9]\d* times/).waitFor();
    expect(troubles).toEqual([]);
  });

  it('discard many dead letters at once, for a reason that is kept', async () => {
    for (const type of ['CartEaten', 'CartLost', 'CartLent']) await poison(type);
    const { page, troubles } = await opened('/console/dead-letters');
    for (const type of ['CartEaten', 'CartLost', 'CartLent']) await page.getByText(type, { exact: true }).waitFor();
    await page.getByRole('checkbox', { name: 'Choose all shown' }).check();
    await page.getByRole('button', { name: 'Discard chosen…' }).click();
    await page.getByLabel('Reason').fill('of a test');
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await page.getByText('3 dead letters discarded.').waitFor();
    await page.getByRole('heading', { name: 'No dead letter waits for anybody' }).waitFor();
    await page.getByRole('tab', { name: 'Discarded' }).click();
    await expect.poll(() => page.getByText('Discarded: of a test').count()).toBe(3);
    expect(troubles).toEqual([]);
  });

  it('need no mouse, and bring back what fails again as a new dead letter', async () => {
    await poison('CartSunk');
    const { page, troubles } = await opened('/console/dead-letters');
    const letter = page.getByRole('listitem').filter({ hasText: 'CartSunk' });
    const retry = letter.getByRole('button', { name: 'Retry' });
    await retry.waitFor();
    await tabTo(page, retry);
    await page.keyboard.press('Enter');
    await page.getByText('1 dead letter put back on the stream.').waitFor();
    // Focus on the body, which has every text, is focus that was lost.
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SECTION');
    await letter.waitFor();
    await tabTo(page, page.getByRole('tab', { name: 'Open' }));
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: 'Retried', selected: true }).waitFor();
    await letter.waitFor();
    expect(new URL(page.url()).search).toBe('?state=RETRIED');
    expect(troubles).toEqual([]);
  });

  it('are not offered to who may only look', async () => {
    await poison('CartKept');
    const token = await tokenOf({ role: 'operator', subject: 'onlooker', scopes: ['events:read'] });
    const { page, troubles } = await opened('/console/dead-letters', token);
    await page.getByText('CartKept', { exact: true }).waitFor();
    await page.getByText('you need the scope repair').waitFor();
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
    expect(troubles).toEqual([]);
  });
});
