import type { Browser, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startProxy, type TcpProxy } from '../../harness/support/tcp-proxy.ts';
import { AS_OPERATOR } from '../../harness/support/tokens.ts';
import { AdjustStockDocument, accepted, type Client, EventsDocument } from '../../src/cli/client.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { shelve, stands } from '../e2e/shop.ts';
import { inBrowser } from './chromium.ts';
import { openPage } from './opened-page.ts';
import { setStage } from './stage.ts';

const CUTS = 3;

let panier: TestPanier;
let proxy: TcpProxy;
let browser: Browser;
let client: Client;

/** Of the mutation that a page asks before it opens an EventSource, which sends no headers. */
const ticketOf = async (): Promise<string> => {
  const query = 'mutation { streamTicket { ... on StreamTicket { ticket } } }';
  const headers = { 'content-type': 'application/json', ...AS_OPERATOR };
  const response = await fetch(`${panier.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { data } = (await response.json()) as { readonly data: { readonly streamTicket: { readonly ticket: string } } };
  return data.streamTicket.ticket;
};

const adjustmentsOf = (aggregateId: string) => ({ aggregateId, types: ['StockAdjusted'] });

const newestCursor = async (): Promise<string | undefined> =>
  (await client.request(EventsDocument, { last: 1 })).events.edges[0]?.cursor;

/** Has the page follow a product's events by the browser's own EventSource. */
const follow = async (page: Page, productId: string): Promise<void> => {
  const query =
    'subscription ($after: String, $filter: EventFilter) { events(after: $after, filter: $filter) { node { eventId } } }';
  const variables = JSON.stringify({ after: await newestCursor(), filter: adjustmentsOf(productId) });
  const search = new URLSearchParams({ query, variables, ticket: await ticketOf() });
  await page.evaluate((asked) => {
    const told: string[] = [];
    const source = new EventSource(`/graphql?${asked}`);
    source.addEventListener('next', ({ data }: MessageEvent<string>) => {
      const answer = JSON.parse(data) as { data: { events: { node: { eventId: string } } } };
      told.push(answer.data.events.node.eventId);
    });
    Object.assign(globalThis, { source, told });
  }, search.toString());
};

const toldTo = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => (globalThis as typeof globalThis & { readonly told: readonly string[] }).told);

const storedOf = async (productId: string): Promise<readonly string[]> => {
  const { events } = await client.request(EventsDocument, {
    filter: adjustmentsOf(productId),
    first: 100,
  });
  return events.edges.map(({ node }) => node.eventId);
};

const adjust = async (productId: string): Promise<void> =>
  void accepted((await client.request(AdjustStockDocument, { input: { productId, delta: 1 } })).adjustStock);

inBrowser("a browser's own EventSource", () => {
  setStage(startPanier, async (stage) => {
    ({ server: panier, browser } = stage);
    client = panier.client();
    proxy = stage.besides.use(await startProxy(panier.url));
  });

  it('is let in by a ticket, misses nothing over cuts, and is told nothing twice', async () => {
    const productId = await shelve(client, 0);
    const { page, troubles } = await openPage(browser, { url: proxy.url, path: '/shop' });
    await follow(page, productId);
    await adjust(productId);
    await expect.poll(() => toldTo(page)).toHaveLength(1);
    for (let nth = 1; nth <= CUTS; nth += 1) {
      proxy.cut();
      await adjust(productId);
      await adjust(productId);
      await expect.poll(() => toldTo(page)).toHaveLength(1 + 2 * nth);
    }
    await stands(client, productId, { available: 1 + 2 * CUTS, reserved: 0, sold: 0 });
    expect(await toldTo(page)).toEqual(await storedOf(productId));
    expect(troubles).toEqual([]);
  });
});
