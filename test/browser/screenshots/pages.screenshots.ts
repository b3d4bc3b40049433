import { mkdirSync, writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OPERATOR_TOKEN } from '../../../harness/support/tokens.ts';
import { inBrowser, openBrowser } from '../chromium.ts';
import { type LivedIn, startLivedIn } from '../every-page/lived-in.ts';
import { pathOf } from '../every-page/routes.ts';
import { type Customer, visitShop } from '../every-page/visit-shop.ts';
import { settled, type Visit } from '../every-page/visited.ts';
import { lightened } from './lightened.ts';
import { PICTURES, type Picture, picturesOf } from './pictures.ts';
import { tradeFor } from './trade.ts';

const VIEWPORT = { width: 1200, height: 750 } as const;
/** So long that the overview has something to show, and an order that does not move is stuck. */
const TRADE_MS = 75_000;

let shop: LivedIn;
let browser: Browser;
let customer: Customer;

const visitOf = ({ site, route }: Picture): Visit => {
  const { url } = shop.panier;
  if (site === 'shop') return { url, path: pathOf(site, route, customer.places), storage: customer.storage };
  return { url, path: pathOf(site, route, shop.places), token: OPERATOR_TOKEN };
};

inBrowser('pictures', () => {
  beforeAll(async () => {
    [shop, browser] = await Promise.all([startLivedIn(), openBrowser()]);
    await tradeFor(shop.client, TRADE_MS);
    customer = await visitShop(browser, shop.panier.url);
    mkdirSync(PICTURES, { recursive: true });
  });
  afterAll(async () => {
    await browser.close();
    await shop[Symbol.asyncDispose]();
  });

  it.each([...picturesOf('console'), ...picturesOf('shop')])('$file', async (picture) => {
    const opening = { ...visitOf(picture), viewport: VIEWPORT, colorScheme: picture.theme };
    const { page, context, troubles } = await settled(browser, opening);
    writeFileSync(picture.file, lightened(await page.screenshot()));
    await context.close();
    expect(troubles).toEqual([]);
  });
});
