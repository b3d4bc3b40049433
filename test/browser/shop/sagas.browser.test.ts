import type { Browser } from 'playwright-core';
import { expect, it } from 'vitest';
import { startPanier, type TestPanier } from '../../e2e/panier.ts';
import { shelve, stands } from '../../e2e/shop.ts';
import { inBrowser } from '../chromium.ts';
import { openPage } from '../opened-page.ts';
import { setStage } from '../stage.ts';
import { eventsInside, isTold, orderCart, putIntoCart } from './customer.ts';

let panier: TestPanier;
let browser: Browser;

const customer = () => openPage(browser, { url: panier.url, path: '/shop' });

inBrowser('the three sagas in the shop', () => {
  setStage(startPanier, (stage) => {
    ({ server: panier, browser } = stage);
  });

  it('an order that is paid shows each event as it comes, and the stock that it takes', async () => {
    const productId = await shelve(panier.client(), 3);
    const { page, troubles } = await customer();
    await putIntoCart(page, productId);
    await orderCart(page);
    await isTold(page, 'Thank you, it is yours');
    await page.getByText('The saga is over').waitFor();
    expect(await eventsInside(page)).toEqual([
      'OrderCreated',
      'StockReserved',
      'PaymentRequested',
      'PaymentSucceeded',
      'OrderConfirmed',
    ]);
    await page.getByRole('row', { name: `Product ${productId} 2 0 1` }).waitFor();
    await page.getByRole('link', { name: 'Cart, 0 items' }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('the last one goes to one of two windows, and the other is told at once', async () => {
    const productId = await shelve(panier.client(), 1);
    const { page: one, context, troubles } = await customer();
    await putIntoCart(one, productId);
    const opening = context.waitForEvent('page');
    await one.getByRole('link', { name: /second visitor/ }).click();
    const other = await opening;
    await other.getByText('Second visitor', { exact: true }).waitFor();
    await other.getByRole('button', { name: /^Add to cart/ }).click();
    await other.getByRole('link', { name: 'Cart, 1 item' }).click();
    await orderCart(one);
    await isTold(one, 'Thank you, it is yours');
    await other.getByText('Sold out for now').waitFor();
    await orderCart(other);
    await isTold(other, 'Somebody was faster');
    await other.getByText('There were not that many left.').waitFor();
    expect(await eventsInside(other)).toEqual(['OrderCreated', 'StockReservationFailed', 'OrderRejected']);
    await stands(panier.client(), productId, { available: 0, reserved: 0, sold: 1 });
    expect(troubles).toEqual([]);
  });

  it('a card that is refused gives the stock back, and the customer tries again', async () => {
    const productId = await shelve(panier.client(), 1);
    const { page, troubles } = await customer();
    await putIntoCart(page, productId);
    const refused = await orderCart(page, 'Card that is refused');
    await isTold(page, 'The payment was refused');
    await page.getByText('Your card was declined.', { exact: true }).waitFor();
    expect(await eventsInside(page)).toContain('StockCompensated');
    await stands(panier.client(), productId, { available: 1, reserved: 0, sold: 0 });
    await page.getByRole('button', { name: 'Try again with a new cart' }).click();
    await page.getByRole('listitem', { name: `In the cart: Product ${productId}` }).waitFor();
    expect(await orderCart(page)).not.toBe(refused);
    await isTold(page, 'Thank you, it is yours');
    expect(troubles).toEqual([]);
  });

  it('an order that waits to be paid shows its clock, and is paid or called off', async () => {
    const productId = await shelve(panier.client(), 2);
    const { page, troubles } = await customer();
    await putIntoCart(page, productId);
    await orderCart(page, 'Pay later');
    await isTold(page, 'Reserved for you');
    await page
      .getByRole('timer')
      .getByText(/^Held for you for another 1[45]:\d\d$/)
      .waitFor();
    await page.getByRole('button', { name: 'Pay', exact: true }).click();
    await isTold(page, 'Thank you, it is yours');
    await putIntoCart(page, productId);
    await orderCart(page, 'Pay later');
    await page.getByRole('button', { name: 'Cancel the order' }).click();
    await page.getByRole('button', { name: 'Yes, cancel it' }).click();
    await isTold(page, 'Cancelled');
    expect(troubles).toEqual([]);
  });
});
