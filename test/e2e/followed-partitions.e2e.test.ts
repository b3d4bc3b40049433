import { createClient as createSse } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { AS_OPERATOR, OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import { changePartitions } from '../../src/audit/index.ts';
import { type Client, EventsDocument } from '../../src/cli/client.ts';
import { openDatabase } from '../../src/database/index.ts';
import { connectWebSocket } from '../clients/graphql-ws.ts';
import { startPanier, type TestInstance, type TestPanier } from './panier.ts';
import { ends, placeOrder, shelve } from './shop.ts';

const FOLLOW = 'subscription ($after: String) { events(after: $after) { cursor node { eventId } } }';
const ORDERS_AT_ONCE = 12;

let panier: TestPanier;
let other: TestInstance;
let client: Client;
beforeAll(async () => {
  panier = await startPanier();
  other = await panier.another();
  client = panier.client();
});
afterAll(async () => {
  await other[Symbol.asyncDispose]();
  await panier[Symbol.asyncDispose]();
});

interface Edge {
  readonly cursor: string;
  readonly node: { readonly eventId: string };
}

interface Follower extends Disposable {
  readonly told: readonly Edge[];
  readonly failures: readonly unknown[];
}

const taking = () => {
  const told: Edge[] = [];
  const failures: unknown[] = [];
  const sink = {
    next: ({ data }: { readonly data?: unknown }) => void told.push((data as { readonly events: Edge }).events),
    error: (error: unknown) => void failures.push(error),
    complete: () => void failures.push('complete'),
  };
  return { told, failures, sink };
};

const overWebSocket = (after: string): Follower => {
  const { told, failures, sink } = taking();
  const socket = connectWebSocket(`${other.url}/graphql`, async () => OPERATOR_TOKEN);
  socket.subscribe({ query: FOLLOW, variables: { after } }, sink);
  return { told, failures, [Symbol.dispose]: () => void socket.dispose() };
};

const overServerSentEvents = (after: string): Follower => {
  const { told, failures, sink } = taking();
  const stream = createSse({ url: `${panier.url}/graphql`, headers: AS_OPERATOR, retryAttempts: 0 });
  stream.subscribe({ query: FOLLOW, variables: { after } }, sink);
  return { told, failures, [Symbol.dispose]: () => stream.dispose() };
};

const divide = async (partitions: number): Promise<void> => {
  await using database = openDatabase({ url: panier.databaseUrl, name: 'divide', maxConnections: 1 });
  await changePartitions(database, partitions);
};

const buyMuch = async (productId: string): Promise<void> => {
  const clients = [client, other.client()];
  const placed = await Promise.all(
    Array.from({ length: ORDERS_AT_ONCE }, (_, nth) =>
      placeOrder(clients[nth % 2] ?? client, [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' }),
    ),
  );
  await Promise.all(placed.map((orderId) => ends(client, orderId)));
};

interface StoredRow {
  readonly event_id: string;
  readonly partition: number;
}

const stored = (): Promise<readonly StoredRow[]> =>
  panier.db.selectFrom('audit.event_store').select(['event_id', 'partition']).orderBy('position').execute();

const idsOf = (told: readonly Edge[]): readonly string[] => told.map(({ node }) => node.eventId);

describe('whoever follows all events while the number of partitions changes', () => {
  it('is told every event once over SSE and WebSocket, and goes on from any cursor', { timeout: 120_000 }, async () => {
    const productId = await shelve(client, 1_000);
    const { events: first } = await client.request(EventsDocument, { first: 1 });
    const from = first.edges[0]?.cursor ?? '';
    using overSse = overServerSentEvents(from);
    using overWs = overWebSocket(from);
    for (const partitions of [1, 4, 2]) {
      await divide(partitions);
      await buyMuch(productId);
    }
    const all = await eventually(async () => {
      const rows = (await stored()).slice(1);
      for (const { told, failures } of [overSse, overWs]) {
        expect(failures).toEqual([]);
        expect(told).toHaveLength(rows.length);
      }
      return rows;
    }, 30_000);
    expect(new Set(all.map(({ partition }) => partition))).toEqual(new Set([0, 1, 2, 3]));
    const known = all.map(({ event_id: id }) => id).toSorted();
    for (const { told } of [overSse, overWs]) expect(idsOf(told).toSorted()).toEqual(known);
    for (const place of [0.2, 0.5, 0.8].map((share) => Math.floor(share * overSse.told.length))) {
      using again = overWebSocket(overSse.told[place]?.cursor ?? '');
      const rest = idsOf(overSse.told.slice(place + 1)).toSorted();
      await eventually(() => expect(idsOf(again.told).toSorted()).toEqual(rest), 10_000);
    }
  });
});
