import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeStripe, openFakeStripe } from '../../../harness/stripe/index.ts';
import { startPanier, type TestPanier } from '../../e2e/panier.ts';
import { ends, shelve } from '../../e2e/shop.ts';
import { inBrowser, openBrowser } from '../chromium.ts';
import { openPage } from '../opened-page.ts';
import { goToCheckout, isTold, putIntoCart } from './customer.ts';

const SECRET = 'whsec_of_the_shop';

let stripe: FakeStripe;
let panier: TestPanier;
let browser: Browser;

const customer = async () => {
  const opened = await openPage(browser, { url: panier.url, path: '/shop' });
  await putIntoCart(opened.page, await shelve(panier.client(), 3));
  return opened;
};

/** The stand-in's host is no other one than was allowed. */
const unexpected = (troubles: readonly string[]): readonly string[] =>
  troubles.filter((trouble) => !trouble.includes(`asks another host: ${stripe.url}`));

const enterCard = async (page: Page, number: string): Promise<void> => {
  await page.getByLabel('Card number').fill(number);
  await page.getByRole('button', { name: 'Order and pay' }).click();
};

inBrowser('the shop, paid by Stripe', () => {
  beforeAll(async () => {
    stripe = await openFakeStripe({ bankMs: 50, retryMs: 50 });
    const library = `${stripe.url}/stripe.js`;
    const secrets = { secretKey: stripe.secretKey, webhookSecrets: [SECRET], apiBase: stripe.url };
    const shopPayments = { kind: 'Stripe', publishableKey: 'pk_test_of_the_fake_stripe', library } as const;
    [panier, browser] = await Promise.all([
      startPanier({ paymentProvider: 'stripe', stripe: secrets, shopPayments }),
      openBrowser(),
    ]);
    stripe.controls.listenAt({ url: `${panier.url}/webhooks/stripe`, secrets: [SECRET] });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await panier[Symbol.asyncDispose]();
    await stripe[Symbol.asyncDispose]();
  });

  it('asks nothing of Stripe before somebody pays, and takes a card that its bank confirms', async () => {
    const { page, troubles } = await customer();
    expect(troubles).toEqual([]);
    await goToCheckout(page);
    await enterCard(page, '4000 0027 6000 3184');
    await isTold(page, 'Your bank wants to be sure');
    await page.getByRole('button', { name: 'Confirm with your bank' }).click();
    await page.getByRole('button', { name: 'COMPLETE' }).click();
    await isTold(page, 'Thank you, it is yours');
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    expect((await ends(panier.client(), id)).status).toBe('CONFIRMED');
    expect(unexpected(troubles)).toEqual([]);
  });

  it('says in Stripe’s words what is wrong with a card, and orders nothing', async () => {
    const { page, troubles } = await customer();
    await goToCheckout(page);
    await enterCard(page, '4242');
    await page.getByRole('alert').getByText('Your card number is incomplete.').waitFor();
    await enterCard(page, '4242 4242 4242 4242');
    await isTold(page, 'Thank you, it is yours');
    expect(unexpected(troubles)).toEqual([]);
  });

  it('says so where the library does not come, and tries again', async () => {
    const { page, context } = await customer();
    await context.route('**/stripe.js', (route) => route.abort());
    await goToCheckout(page);
    await page.getByText('The card form could not be loaded').waitFor();
    await context.unroute('**/stripe.js');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByLabel('Card number').waitFor();
    expect(await page.getByText('The card form could not be loaded').count()).toBe(0);
  });
});
