import { idPart, instantPart, tokenOf } from '../../../src/events/index.ts';
import type { Requests } from '../rows/http-contestant.ts';
import { ask } from '../stage/index.ts';
import type { Running } from './running.ts';
import { idInCopy } from './template.ts';

const QUESTIONS = 2_000;
const CURSORS = 50;
const PAGE = 20;

const ORDER = /* GraphQL */ `query Order($id: ID!) {
  order(id: $id) {
    id status totalAmount { amount currency }
    lines { productId quantity unitPrice { amount currency } lineTotal { amount currency } }
    steps { revision status event { eventId type occurredAt } }
  }
}`;
const ORDERS = /* GraphQL */ `query Orders($first: Int!, $after: String, $status: [OrderStatus!], $filter: OrderFilter) {
  orders(first: $first, after: $after, status: $status, filter: $filter) {
    edges { cursor node { id status createdAt totalAmount { amount currency } } } pageInfo { hasNextPage }
  }
}`;
const EVENTS = /* GraphQL */ `query Events($first: Int!, $after: String, $filter: EventFilter) {
  events(first: $first, after: $after, filter: $filter) {
    edges { cursor node { eventId type occurredAt } } pageInfo { hasNextPage }
  }
}`;

const STATS = /* GraphQL */ `query Stats($window: StatsWindow!) {
  stats(window: $window) {
    orders { status count } oldestOpenAt from checkouts confirmations rejections cancellations
    durations { outcome count p50Ms p99Ms }
  }
}`;

interface EventsAnswer {
  readonly events: {
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly occurredAt: string } }[];
  };
}

const anyCopy = ({ filled }: Running): number => 1 + Math.floor(Math.random() * filled.copies);

const anyOrder = (running: Running): string => {
  const orders = running.filled.template.ids.filter((id) => id.startsWith('order_'));
  return idInCopy(orders[Math.floor(Math.random() * orders.length)] ?? '', anyCopy(running));
};

const bodyOf = (query: string, variables: object): string => JSON.stringify({ query, variables });

const repeat = <T>(count: number, of: () => T): readonly T[] => Array.from({ length: count }, of);

/** `order(id)` with lines and steps, of any order. */
export const askOrders = async (running: Running): Promise<readonly string[]> =>
  repeat(QUESTIONS, () => bodyOf(ORDER, { id: anyOrder(running) }));

export const askFirstPage = async (): Promise<readonly string[]> => [bodyOf(ORDERS, { first: PAGE })];

/** Pages of orders by how they ended, and by a word of their failure. */
export const askFilteredPages = async (): Promise<readonly string[]> =>
  ['CONFIRMED', 'REJECTED', 'CANCELLED'].flatMap((status) => [
    bodyOf(ORDERS, { first: PAGE, status: [status] }),
    bodyOf(ORDERS, { first: PAGE, status: ['PENDING', status], filter: { failure: 'available' } }),
  ]);

export const askStats = async (): Promise<readonly string[]> =>
  ['FIVE_MINUTES', 'HOUR', 'DAY'].map((window) => bodyOf(STATS, { window }));

const firstEventOf = async ({ url }: Running, aggregateId: string) => {
  const { events } = await ask<EventsAnswer>(url, EVENTS, { first: 1, filter: { aggregateId } });
  const [edge] = events.edges;
  if (edge === undefined) throw new Error(`${aggregateId} has no events.`);
  return { cursor: edge.cursor, occurredAt: edge.node.occurredAt };
};

const deepCursors = async <T>(running: Running, of: (orderId: string) => Promise<T>): Promise<readonly T[]> => {
  const cursors: T[] = [];
  while (cursors.length < CURSORS) cursors.push(await of(anyOrder(running)));
  return cursors;
};

/** As the list of orders makes its cursors. */
const ORDERS_CURSOR = tokenOf('orders:', [instantPart, idPart]);

/** Pages that begin behind any order, newest first. */
export const askDeepPages = async (running: Running): Promise<readonly string[]> => {
  const cursors = await deepCursors(running, async (orderId) => {
    const { occurredAt } = await firstEventOf(running, orderId);
    return ORDERS_CURSOR.encode(new Date(occurredAt).toISOString(), orderId);
  });
  return cursors.map((after) => bodyOf(ORDERS, { first: PAGE, after }));
};

/** Pages of the event store that begin behind the first event of any order. */
export const askEvents = async (running: Running): Promise<readonly string[]> => {
  const cursors = await deepCursors(running, async (orderId) => (await firstEventOf(running, orderId)).cursor);
  return cursors.map((after) => bodyOf(EVENTS, { first: PAGE, after }));
};

/** What is asked, and a part of each answer that is right. */
export const requestsFor = (bodies: readonly string[], expected: string, inFlight: number): Requests => ({
  bodies,
  expected,
  inFlight,
});
