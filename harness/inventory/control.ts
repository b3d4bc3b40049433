import type { IncomingMessage, ServerResponse } from 'node:http';
import { json as readJson } from 'node:stream/consumers';
import type { Books } from './books.ts';
import type { Troubles } from './trouble.ts';

/** What the harness may do to the inventory, on a port of its own. */
export interface Controlled {
  readonly books: Books;
  readonly trouble: (troubles: Troubles) => void;
}

type Handle = (controlled: Controlled, request: IncomingMessage) => unknown;

const HANDLES: Readonly<Record<string, Handle>> = {
  'GET /stock': ({ books }) => books.levels,
  'GET /history': ({ books }) => books.history,
  'PUT /stock': async ({ books }, request) => {
    const levels = (await readJson(request)) as Readonly<Record<string, number>>;
    for (const [productId, available] of Object.entries(levels)) books.stock(productId, available);
  },
  'PUT /deliveries': async ({ books }, request) => {
    const deliveries = (await readJson(request)) as Readonly<Record<string, number>>;
    for (const [productId, delta] of Object.entries(deliveries)) books.deliver(productId, delta);
  },
  'PUT /troubles': async ({ trouble }, request) => trouble((await readJson(request)) as Troubles),
};

/** A connection for each: none is left open to a process that was killed. */
const HEADERS = { 'content-type': 'application/json', connection: 'close' } as const;

/** Answers one request of the harness. */
export const control = async (
  controlled: Controlled,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const handle = HANDLES[`${request.method} ${request.url}`];
  const answer = await handle?.(controlled, request);
  response.writeHead(handle === undefined ? 404 : 200, HEADERS).end(JSON.stringify(answer ?? null));
};
