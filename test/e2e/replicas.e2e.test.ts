import { createClient } from 'graphql-ws';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from '../../harness/support/eventually.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import { type Replicated, replicatedPostgres } from '../../harness/support/standby.ts';
import { AS_OPERATOR } from '../../harness/support/tokens.ts';
import { CartDocument, type Client } from '../../src/cli/client.ts';
import { migrate, openDatabase } from '../../src/database/index.ts';
import { ignored, sleep } from '../../src/platform/index.ts';
import { startPanier, type TestInstance, type TestPanier } from './panier.ts';
import { fillCart, shelve } from './shop.ts';

let servers: Replicated;
let panier: TestPanier;
/** Reads from the standby; writes nothing that the other one does not know. */
let reading: TestInstance;
let client: Client;
let reader: Client;

beforeAll(async () => {
  servers = await replicatedPostgres();
  panier = await startPanier({}, { url: servers.url, [Symbol.asyncDispose]: async () => {} });
  reading = await panier.another({ roles: ['gateway'], replicas: { urls: [servers.standbyUrl], maxLagMs: 60_000 } });
  client = panier.client();
  reader = reading.client();
}, 120_000);

afterAll(async () => {
  await panier[Symbol.asyncDispose]();
  await servers[Symbol.asyncDispose]();
});

/** One that failed while the standby stood still must not fail those behind it. */
afterEach(() => servers.resume().catch(ignored));

/** With the tables of this version, an identity of its own, and an event store that is far ahead. */
const fillAnother = async (url: string): Promise<void> => {
  await using database = openDatabase({ url, name: 'test', maxConnections: 1 });
  await migrate(database.db);
  await sql`insert into audit.event_store (position, event_id, type, stream, occurred_at, aggregate_type, aggregate_id, version,
    correlation_id, producer, producer_instance, schema_version, data) overriding system value values (1000000,
    'event_1', 'CartCreated', 's', now(), 'Cart', 'cart_1', 1, 'c', 'p', 'p-1', 1, '{}')`.execute(database.db);
};

const cartBy = async (by: Client, id: string) => (await by.request(CartDocument, { id })).cart;

const textFor = (id: string): string => `{ cart(id: "${id}") { id } }`;

/** Past the lane for plain requests. */
const byGet = async (id: string): Promise<unknown> => {
  const url = `${reading.url}/graphql?query=${encodeURIComponent(textFor(id))}`;
  const response = await fetch(url, { headers: { ...AS_OPERATOR, accept: 'application/json' } });
  return response.json();
};

const bySocket = async (id: string): Promise<unknown> => {
  const url = `${reading.url.replace('http', 'ws')}/graphql`;
  const socket = createClient({ url, webSocketImpl: WebSocket, connectionParams: AS_OPERATOR });
  try {
    const answer: { readonly value: unknown } = await socket.iterate({ query: textFor(id) }).next();
    return answer.value;
  } finally {
    await socket.dispose();
  }
};

describe('a read replica', () => {
  it('answers queries, and not those who say how new the answer has to be', async () => {
    const product = await shelve(client, 100);
    const before = await fillCart(client, [{ productId: product, quantity: 1 }]);
    await eventually(async () => expect(await cartBy(reader, before)).not.toBeNull());
    await servers.pause();
    const after = await fillCart(client, [{ productId: product, quantity: 1 }]);
    const shown = await eventually(async () => {
      const cart = await cartBy(client, after);
      expect(cart).not.toBeNull();
      return cart;
    });
    // Were it asked of the primary, it would be there.
    expect(await cartBy(reader, after)).toBeNull();
    expect(await byGet(after)).toEqual({ data: { cart: null } });
    expect(await bySocket(after)).toEqual({ data: { cart: null } });
    const token = shown?.consistencyToken;
    expect((await reader.request(CartDocument, { id: after, consistentWith: token })).cart?.version).toBe(
      shown?.version,
    );
    await servers.resume();
    await eventually(async () => expect(await cartBy(reader, after)).not.toBeNull());
  });

  it('shows nobody less than they have just done', async () => {
    await servers.pause();
    const product = await shelve(reader, 100);
    const cart = await fillCart(reader, [{ productId: product, quantity: 1 }]);
    expect((await cartBy(reader, cart))?.totalItems).toBe(1);
    await servers.resume();
  });

  it('is left out while it lags', async () => {
    const maxLagMs = 400;
    const replicas = { urls: [servers.standbyUrl], maxLagMs };
    await using impatient = await panier.another({ roles: ['gateway'], replicas });
    const product = await shelve(client, 100);
    await servers.pause();
    const cart = await fillCart(client, [{ productId: product, quantity: 1 }]);
    const by = impatient.client();
    await eventually(async () => expect(await cartBy(by, cart)).not.toBeNull());
    // The gateway may have looked at the standby just before the cart was written, and takes it for fresh that long.
    await sleep(maxLagMs);
    // Still, and though nothing is written meanwhile.
    for (let asked = 0; asked < 50; asked += 1) expect(await cartBy(by, cart)).not.toBeNull();
    await servers.resume();
  });

  it('of another database answers nothing', async () => {
    await using other = await testDatabase();
    await fillAnother(other.url);
    await using misled = await panier.another({
      roles: ['gateway'],
      replicas: { urls: [other.url], maxLagMs: 10_000 },
    });
    const cart = await fillCart(client, []);
    const by = misled.client();
    await eventually(async () => expect(await cartBy(client, cart)).not.toBeNull());
    await sleep(500);
    for (let asked = 0; asked < 20; asked += 1) expect(await cartBy(by, cart)).not.toBeNull();
  });

  it('that dies makes no query fail', async () => {
    // Of one who has written nothing by the gateway that reads from it.
    const customer = { customerId: 'customer_of_replicas' };
    const by = reading.client(customer);
    const cart = await fillCart(panier.client(customer), []);
    await eventually(async () => expect(await cartBy(by, cart)).not.toBeNull());
    const asking = Array.from({ length: 20 }, async () => {
      for (let asked = 0; asked < 20; asked += 1) expect(await cartBy(by, cart)).not.toBeNull();
    });
    await servers.killStandby();
    await Promise.all(asking);
    expect(await cartBy(by, cart)).not.toBeNull();
  });
});
