import { sql } from 'kysely';
import { eventually } from '../../../harness/support/eventually.ts';
import { answering, openSink } from '../../../harness/webhooks/sink.ts';
import {
  accepted,
  CancelOrderDocument,
  type Client,
  CreateWebhookEndpointDocument,
  StartVerificationDocument,
  StuckOrdersDocument,
  UpkeepRunsDocument,
} from '../../../src/cli/client.ts';
import { fillDemoCatalogue } from '../../../src/cli/demo-catalogue.ts';
import { STREAMS } from '../../../src/events/index.ts';
import { startPanier, type TestPanier } from '../../e2e/panier.ts';
import { ends, fillCart, placeOrder, reaches, stands } from '../../e2e/shop.ts';
import type { Places } from './routes.ts';

type Lines = Parameters<typeof fillCart>[1];

/** A panier in which something of everything has happened. */
export interface LivedIn extends AsyncDisposable {
  readonly panier: TestPanier;
  readonly client: Client;
  /** Where the console's pages show most. */
  readonly places: Places;
}

const LINES = {
  coffee: [
    { productId: 'prod_2', quantity: 1 },
    { productId: 'prod_11', quantity: 3 },
  ],
  wheels: [{ productId: 'prod_4', quantity: 2 }],
  kitchen: [
    { productId: 'prod_9', quantity: 1 },
    { productId: 'prod_10', quantity: 1 },
    { productId: 'prod_7', quantity: 2 },
  ],
  jersey: [{ productId: 'prod_5', quantity: 1 }],
  edition: [{ productId: 'prod_12', quantity: 1 }],
} satisfies Readonly<Record<string, Lines>>;

const PAID = { paymentMethod: 'pm_card_visa' } as const;
const REFUSED = { paymentMethod: 'pm_card_chargeDeclined' } as const;

/** Orders that end in every way that they can; answers with one whose card was refused. */
const everyEnd = async (panier: TestPanier): Promise<string> => {
  const [ada, grace] = ['ada', 'grace'].map((customerId) => panier.client({ customerId })) as [Client, Client];
  const refusedId = await placeOrder(ada, LINES.wheels, REFUSED);
  const ended = [
    placeOrder(ada, LINES.coffee, PAID),
    placeOrder(grace, LINES.kitchen, PAID),
    placeOrder(grace, LINES.jersey, PAID),
    placeOrder(ada, LINES.edition, PAID),
    placeOrder(grace, LINES.edition, PAID),
  ];
  const client = panier.client();
  for (const id of [refusedId, ...(await Promise.all(ended))]) await ends(client, id);
  const called = await placeOrder(ada, LINES.jersey);
  await reaches(client, called, 'AWAITING_PAYMENT');
  accepted((await client.request(CancelOrderDocument, { input: { orderId: called } })).cancelOrder);
  return refusedId;
};

/** An order that is stuck on a dead letter: its reservation cannot be written. And a letter of nobody's. */
const misfortunes = async ({ db, redis }: TestPanier, client: Client): Promise<void> => {
  const check = sql`check (strpos(lines::text, 'prod_8') = 0)`;
  await sql`alter table saga.reservation add constraint fault ${check}`.execute(db);
  await placeOrder(client, [{ productId: 'prod_8', quantity: 1 }], PAID);
  await redis.xadd(STREAMS.carts, '*', 'event_type', 'CartEaten', 'aggregate_id', 'cart_of_another_service');
  await eventually(async () => {
    const { stuckOrders } = await client.request(StuckOrdersDocument, { olderThanSeconds: 0 });
    if (stuckOrders.edges.length === 0) throw new Error('No order is stuck yet.');
  });
  await sql`alter table saga.reservation drop constraint fault`.execute(db);
};

const endpoints = async (client: Client, url: string): Promise<void> => {
  for (const [path, eventTypes] of [
    ['/orders', ['OrderConfirmed', 'OrderCancelled']],
    ['/everything', null],
  ] as const) {
    const input = { url: `${url}${path}`, eventTypes };
    accepted((await client.request(CreateWebhookEndpointDocument, { input })).createWebhookEndpoint);
  }
};

/** Has it verified, to the end. */
const verified = async (client: Client): Promise<void> => {
  accepted((await client.request(StartVerificationDocument, { input: {} })).startVerification);
  await eventually(async () => {
    const { upkeepRuns } = await client.request(UpkeepRunsDocument, { last: 1 });
    if (upkeepRuns.some(({ endedAt }) => endedAt === null)) throw new Error('It still verifies.');
  }, 30_000);
};

/** An order that has not moved since it was placed is stuck; usually it is given a minute. */
const EVEN_NOW = { '/stuck-orders': '/stuck-orders?older=0' } as const;

/** Starts it; dispose it. */
export const startLivedIn = async (): Promise<LivedIn> => {
  await using starting = new AsyncDisposableStack();
  const webhookAllowance = { hosts: [], ranges: [], isPrivate: true };
  const panier = starting.use(await startPanier({ webhookAllowance, maxDeliveries: 1, claimIdleMs: 200 }));
  const sink = starting.use(
    await openSink((response, received) => answering(received.path === '/orders' ? 204 : 500)(response, received)),
  );
  await fillDemoCatalogue(panier.panier);
  const client = panier.client();
  await endpoints(client, sink.url);
  await stands(client, 'prod_12', { available: 1, reserved: 0, sold: 0 });
  const orderId = await everyEnd(panier);
  await misfortunes(panier, client);
  const waiting = await placeOrder(panier.client({ customerId: 'ada' }), LINES.kitchen);
  await reaches(client, waiting, 'AWAITING_PAYMENT');
  const cartId = await fillCart(panier.client({ customerId: 'grace' }), LINES.coffee);
  await verified(client);
  const started = starting.move();
  const places = { '/orders/:id': `/orders/${orderId}`, '/carts/:id': `/carts/${cartId}`, ...EVEN_NOW };
  return { panier, client, places, [Symbol.asyncDispose]: () => started.disposeAsync() };
};
