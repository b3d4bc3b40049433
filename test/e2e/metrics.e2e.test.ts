import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { AS_OPERATOR, OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import { openSink } from '../../harness/webhooks/sink.ts';
import { accepted, CreateWebhookEndpointDocument, StartVerificationDocument } from '../../src/cli/client.ts';
import { STREAMS } from '../../src/events/index.ts';
import { codesIn, documentAt, tableUnder } from '../docs/markdown.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, fillCart, placeOrder, shelve } from './shop.ts';

const MAX_BYTES = 100_000;
const NAMES = 10_000;
const NAMES_A_REQUEST = 500;

let panier: TestPanier;
beforeAll(async () => {
  panier = await startPanier({
    ops: { host: '127.0.0.1', port: 0 },
    maxDeliveries: 1,
    claimIdleMs: 200,
    webhookAllowance: { hosts: [], ranges: [], isPrivate: true },
  });
});
afterAll(() => panier[Symbol.asyncDispose]());

const scrape = async (): Promise<string> => (await fetch(`${panier.panier.opsUrl}/metrics`)).text();

/** The value of a series; undefined where it is absent. */
const valueIn = (text: string, series: string): number | undefined => {
  const line = text.split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
};

/** What a scrape says of these series. */
const valuesOf = async (values: Readonly<Record<string, number>>) => {
  const text = await scrape();
  return Object.fromEntries(Object.keys(values).map((series) => [series, valueIn(text, series)]));
};

const shown = (values: Readonly<Record<string, number>>): Promise<void> =>
  eventually(async () => expect(await valuesOf(values)).toEqual(values), 20_000);

const ids: string[] = [];

/** One order is confirmed, one is declined, and one finds no stock. */
const play = async (): Promise<void> => {
  const client = panier.client();
  const [there, gone] = [await shelve(client, 5), await shelve(client, 0)];
  const orders = [
    await placeOrder(client, [{ productId: there, quantity: 1 }], { paymentMethod: 'pm_card_visa' }),
    await placeOrder(client, [{ productId: there, quantity: 1 }], { paymentMethod: 'pm_card_chargeDeclined' }),
    await placeOrder(client, [{ productId: gone, quantity: 1 }], { paymentMethod: 'pm_card_visa' }),
  ];
  for (const order of orders) await ends(client, order);
  ids.push(there, gone, ...orders);
};

const tryNames = async (from: number): Promise<void> => {
  const query = `query MadeUp${from} { __typename }`;
  const asked = Array.from({ length: NAMES_A_REQUEST }, (_, nth) =>
    fetch(`${panier.url}/graphql`, {
      method: 'POST',
      headers: { ...AS_OPERATOR, 'content-type': 'application/json' },
      body: JSON.stringify({ query: query.replace(String(from), `${from}x${nth}`) }),
    }).then((response) => response.text()),
  );
  await Promise.all(asked);
};

describe('the metrics of a panier', () => {
  it('count its sagas, its rejections and its dead letters', async () => {
    await play();
    await panier.redis.xadd(STREAMS.carts, '*', 'event_type', 'CartEaten', 'note', 'a secret of somebody');
    const counts = {
      'panier_saga_duration_seconds_count{outcome="CONFIRMED"}': 1,
      'panier_saga_duration_seconds_count{outcome="REJECTED"}': 1,
      'panier_saga_duration_seconds_count{outcome="CANCELLED"}': 1,
      panier_stock_rejections_total: 1,
      'panier_payment_calls_total{call="charge",result="succeeded"}': 1,
      'panier_payment_calls_total{call="charge",result="declined"}': 1,
      'panier_commands_total{command="checkout",outcome="done",code=""}': 3,
      'panier_operations_total{type="mutation",operation="Checkout",outcome="ok"}': 3,
      'panier_dead_letters_total{group="event-audit-api"}': 1,
      [`panier_group_dead_letters_open{group="event-audit-api",stream="${STREAMS.carts}"}`]: 1,
      'panier_orders{status="CONFIRMED"}': 1,
      'panier_orders{status="REJECTED"}': 1,
      'panier_orders{status="CANCELLED"}': 1,
      'panier_saga_active_seconds_count{outcome="CONFIRMED"}': 1,
      panier_oldest_open_order_seconds: 0,
      panier_stuck_orders: 0,
      'panier_redis_last_write_ok{what="rdb"}': 1,
      panier_projection_lag_seconds: 0,
      'panier_outbox_events{journal="write"}': 0,
    };
    await eventually(async () => expect(await valuesOf(counts)).toEqual(counts), 20_000);
  });

  it('count the subscriptions that are open', async () => {
    const query = 'subscription { stats(window: HOUR) { bucketSeconds } }';
    const response = await fetch(`${panier.url}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { ...AS_OPERATOR, accept: 'text/event-stream' },
    });
    expect(response.status).toBe(200);
    await shown({ panier_subscribers: 1 });
    await response.body?.cancel();
    await shown({ panier_subscribers: 0 });
  });

  it('count what was delivered to endpoints, and what operators had carried out', async () => {
    const client = panier.client();
    await using sink = await openSink();
    const input = { url: `${sink.url}/hooks`, eventTypes: ['CartCreated' as const] };
    accepted((await client.request(CreateWebhookEndpointDocument, { input })).createWebhookEndpoint);
    await fillCart(client, [{ productId: ids[0] ?? '', quantity: 1 }]);
    const run = { fold: false, graceSeconds: 60, pauseSeconds: 0 };
    accepted((await client.request(StartVerificationDocument, { input: run })).startVerification);
    await shown({
      'panier_webhook_deliveries_total{outcome="delivered"}': 1,
      panier_webhook_delivery_duration_seconds_count: 1,
      panier_webhook_waiting_events: 0,
      panier_webhook_oldest_waiting_seconds: 0,
      'panier_upkeep_runs_total{kind="verification",outcome="completed"}': 1,
    });
    expect(sink.received).toHaveLength(1);
  }, 40_000);

  it('are those of the table in the documentation, and no others', async () => {
    const rows = tableUnder(documentAt('docs/operations.md'), '## Metrics');
    const told = [...(await scrape()).matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => `${name} ${type}`);
    expect(rows.map(([name, type]) => `${codesIn(name).join()} ${type}`).toSorted()).toEqual(told.toSorted());
  });

  it('stay small and hold nothing that a client made up, however many names it tries', async () => {
    for (let from = 0; from < NAMES; from += NAMES_A_REQUEST) await tryNames(from);
    await shown({ 'panier_operations_total{type="query",operation="__typename",outcome="ok"}': NAMES });
    const text = await scrape();
    expect(Buffer.byteLength(text)).toBeLessThan(MAX_BYTES);
    expect(text).not.toContain('MadeUp');
  }, 120_000);

  it('hold no id and no secret', async () => {
    const text = await scrape();
    const secrets = [...ids, OPERATOR_TOKEN, 'a secret of somebody', 'pm_card', 'CartEaten', panier.databaseUrl];
    expect(secrets.filter((each) => text.includes(each))).toEqual([]);
    expect(text).not.toMatch(/(?:cart|order|prod|event|visit|payment)_[0-9a-hjkmnp-tv-z]{26}/);
  });
});
