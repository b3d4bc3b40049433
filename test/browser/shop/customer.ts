import type { Page } from 'playwright-core';

/** Puts one into the cart, on the product's page. */
export const putIntoCart = async (page: Page, productId: string): Promise<void> => {
  await page.goto(`/shop/products/${productId}`);
  await page.getByRole('button', { name: /^Add to cart/ }).click();
  await page.getByRole('link', { name: '1 in your cart' }).waitFor();
};

/** With something in the cart, to the choice of how to pay. */
export const goToCheckout = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: /^Cart, / }).click();
  await page.getByRole('link', { name: 'Go to checkout' }).click();
};

/** Orders what is in the cart; answers with the order's id. */
export const orderCart = async (page: Page, method = 'Card that works'): Promise<string> => {
  await goToCheckout(page);
  await page.getByRole('radio', { name: method }).check();
  await page.getByRole('button', { name: /^Order/ }).click();
  await page.waitForURL(/\/shop\/orders\/order_/);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
};

/** Waits until the order's page says that. */
export const isTold = (page: Page, title: string): Promise<void> =>
  page.getByRole('heading', { name: title, level: 1 }).waitFor();

/** Which events the drawer shows, in order. */
export const eventsInside = (page: Page): Promise<readonly string[]> =>
  page
    .getByRole('list', { name: 'Events of this order' })
    .getByRole('listitem')
    .evaluateAll((items) => items.map((item) => item.querySelector('code')?.textContent ?? ''));

/** Whom the shop takes the browser for. */
export const visitorOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem('panier.shop.visit') ?? '{}') as { readonly visitorId?: string };
    return kept.visitorId ?? '';
  });
