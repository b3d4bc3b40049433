import type { Browser, BrowserContext } from 'playwright-core';
import { openPage } from '../opened-page.ts';
import { isTold, orderCart, putIntoCart } from '../shop/customer.ts';
import type { Places } from './routes.ts';

/** Somebody who has ordered once, and has begun to again. */
export interface Customer {
  readonly places: Places;
  /** What their browser keeps. */
  readonly storage: Awaited<ReturnType<BrowserContext['storageState']>>;
}

/** Buys as a person does. */
export const visitShop = async (browser: Browser, url: string): Promise<Customer> => {
  const { page, context } = await openPage(browser, { url, path: '/shop' });
  await putIntoCart(page, 'prod_4');
  const orderId = await orderCart(page);
  await isTold(page, 'Thank you, it is yours');
  await putIntoCart(page, 'prod_3');
  const storage = await context.storageState();
  await context.close();
  return { places: { '/products/:id': '/products/prod_4', '/orders/:id': `/orders/${orderId}` }, storage };
};
