import { gql } from '@apollo/client';
import { EventSource } from 'eventsource';
import type { DocumentNode } from 'graphql';
import { requestSubscription } from 'relay-runtime';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startProxy, type TcpProxy } from '../../harness/support/tcp-proxy.ts';
import { OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import type { Client } from '../../src/cli/client.ts';
import { connectApollo } from '../clients/apollo-client.ts';
import { connectApolloByHttp } from '../clients/apollo-http.ts';
import { followOrder } from '../clients/event-source.ts';
import { watchOrder } from '../clients/graphql-sse.ts';
import { connectWebSocket } from '../clients/graphql-ws.ts';
import { connectRelay } from '../clients/relay.ts';
import { connectUrql } from '../clients/urql.ts';
import { compileRelay } from './compile-relay.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { payToEnd, waitingOrder } from './waiting-order.ts';

const token = async (): Promise<string> => OPERATOR_TOKEN;
const WATCH = `subscription ($id: ID!, $after: String) {
  orderStatus(orderId: $id, after: $after) { cursor step { revision } order { id status } }
}`;
const TICKET = 'mutation { streamTicket { ... on StreamTicket { ticket } } }';
const nothing = (): void => undefined;

const relay = compileRelay('test/clients/orders.ts');
let panier: TestPanier;
let client: Client;
let proxy: TcpProxy;
let url: string;

beforeAll(async () => {
  panier = await startPanier();
  client = panier.client();
  proxy = await startProxy(panier.url);
  url = `${proxy.url}graphql`;
});
afterAll(async () => {
  relay[Symbol.dispose]();
  await proxy[Symbol.asyncDispose]();
  await panier[Symbol.asyncDispose]();
});

type Show = (data: unknown) => void;

/** How each client follows an order. */
const FOLLOW: Readonly<Record<string, (id: string, show: Show) => unknown>> = {
  'graphql-ws': (id, show) =>
    connectWebSocket(url, token).subscribe(
      { query: WATCH, variables: { id } },
      { next: ({ data }) => show(data), error: nothing, complete: nothing },
    ),
  'graphql-sse': (id, show) => watchOrder({ url, token: OPERATOR_TOKEN }, id, show),
  'Apollo Client': (id, show) =>
    connectApollo(url, token)
      .subscribe({ query: gql(WATCH), variables: { id } })
      .subscribe({ next: ({ data }) => show(data) }),
  urql: (id, show) =>
    connectUrql(url, OPERATOR_TOKEN)
      .subscription(WATCH, { id })
      // When it is over, urql tells the last update once more.
      .subscribe(({ data, hasNext }) => hasNext && show(data)),
  Relay: (id, show) =>
    requestSubscription(connectRelay(url, OPERATOR_TOKEN), {
      subscription: relay.request('ordersWatchSubscription'),
      variables: { id },
      onNext: show,
    }),
};

interface Told {
  readonly orderStatus?: { readonly step: { readonly revision: number } | null };
}

interface Followed extends Told {
  readonly orderStatus?: { readonly cursor: string } & NonNullable<Told['orderStatus']>;
}

const revisionIn = (data: unknown): number | undefined => (data as Told | undefined)?.orderStatus?.step?.revision;

const followInParts = (apollo: ReturnType<typeof connectApolloByHttp>, id: string) => {
  const told: (number | undefined)[] = [];
  let after: string | null = null;
  const follow = (query: DocumentNode): Promise<void> =>
    new Promise((complete, error) => {
      apollo.subscribe<Followed>({ query, variables: { id, after } }).subscribe({
        next: ({ data, error: why }) => {
          if (why instanceof Error) return error(why);
          after = data?.orderStatus?.cursor ?? after;
          return told.push(revisionIn(data));
        },
        error,
        complete,
      });
    });
  return { query: gql(WATCH), told, follow };
};

describe.each(Object.keys(FOLLOW))('%s', (name) => {
  it('follows an order to its end over a cut, each step once', async () => {
    const orderId = await waitingOrder(client);
    const told: (number | undefined)[] = [];
    const following = FOLLOW[name]?.(orderId, (data) => told.push(revisionIn(data)));
    await expect.poll(() => told).toEqual([undefined]);
    proxy.cut();
    const { revision } = await payToEnd(client, orderId);
    const later = Array.from({ length: revision - 2 }, (_, nth) => nth + 3);
    await expect.poll(() => told, { timeout: 20_000 }).toEqual([undefined, ...later]);
    await following;
  });
});

describe('Apollo Client without a WebSocket', () => {
  it('follows an order in parts to its end, from the last cursor on after a cut', async () => {
    const orderId = await waitingOrder(client);
    const { query, told, follow } = followInParts(connectApolloByHttp(url, OPERATOR_TOKEN), orderId);
    const cut = follow(query);
    await expect.poll(() => told).toEqual([undefined]);
    proxy.cut();
    await expect(cut).rejects.toThrow(/multipart|fetch|terminated|network/i);
    const { revision } = await payToEnd(client, orderId);
    await follow(query);
    expect(told).toEqual([undefined, ...Array.from({ length: revision - 2 }, (_, nth) => nth + 3)]);
  });
});

interface Ticketed {
  readonly streamTicket: { readonly ticket: string };
}

describe('EventSource', () => {
  it('follows an order by a ticket to its end over a cut, each step once', async () => {
    vi.stubGlobal('EventSource', EventSource);
    const orderId = await waitingOrder(client);
    const asked = await connectUrql(url, OPERATOR_TOKEN).mutation<Ticketed>(TICKET, {});
    const ticket = asked.data?.streamTicket.ticket ?? '';
    const told: unknown[] = [];
    const source = followOrder({ url, ticket }, orderId, (each) => told.push(each));
    await expect.poll(() => told.length).toBe(1);
    proxy.cut();
    const { revision } = await payToEnd(client, orderId);
    await expect.poll(() => source.readyState, { timeout: 20_000 }).toBe(source.CLOSED);
    const revisions = told.map((each) => revisionIn((each as { readonly data: unknown }).data));
    expect(revisions).toEqual([undefined, ...Array.from({ length: revision - 2 }, (_, nth) => nth + 3)]);
    expect(told.at(-1)).toMatchObject({ data: { orderStatus: { order: { status: 'CONFIRMED' } } } });
    vi.unstubAllGlobals();
  });
});
