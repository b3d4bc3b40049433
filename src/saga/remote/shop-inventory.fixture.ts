import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A request as it came. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly key: string;
  readonly authorization: string | undefined;
  readonly quantity: number;
}

/** What happens on the way of one request. `status`: it is answered so, and has no effect. */
export type OnTheWay =
  | 'Pass'
  | 'LoseRequest'
  | 'LoseAnswer'
  | 'Double'
  | 'Garble'
  | 'Flood'
  | { readonly delayMs: number }
  | { readonly status: number; readonly retryAfter?: string };

interface Answered {
  readonly status: number;
  readonly body: object;
}

/** A shop's own inventory, over HTTP: it keeps its stock, and the answer to each key. */
export interface ShopInventory extends AsyncDisposable {
  readonly url: string;
  readonly stock: Map<string, number>;
  /** Every request that arrived, also those that were lost then. */
  readonly asked: Asked[];
  /** The trace contexts that they bore. */
  readonly traceparents: (string | string[] | undefined)[];
  /** The changes that took effect, by key. */
  readonly applied: Map<string, number>;
  /** Decides over the next requests; all pass until told otherwise. */
  onTheWay: (asked: Asked) => OnTheWay;
}

const readQuantity = async (request: IncomingMessage): Promise<number> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text === '' ? 0 : (JSON.parse(text) as { readonly quantity: number }).quantity;
};

class Shelf {
  readonly stock = new Map<string, number>();
  readonly applied = new Map<string, number>();
  readonly #answers = new Map<string, Answered>();

  answer({ method, path, key, quantity }: Asked): Answered {
    const [, , , id = '', , way] = path.split('/').map(decodeURIComponent);
    if (method === 'GET') return this.#level(id);
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = this.#change(id, way === 'reduce' ? -quantity : quantity);
    if (answer.status === 200) this.applied.set(key, (this.applied.get(key) ?? 0) + 1);
    this.#answers.set(key, answer);
    return answer;
  }

  #level(productId: string): Answered {
    const available = this.stock.get(productId);
    if (available === undefined) return { status: 404, body: { title: 'There is no such product.' } };
    return { status: 200, body: { productId, available } };
  }

  #change(productId: string, delta: number): Answered {
    const available = this.stock.get(productId);
    if (available === undefined) return this.#level(productId);
    if (available + delta < 0) return { status: 409, body: { title: 'short', available } };
    this.stock.set(productId, available + delta);
    return this.#level(productId);
  }
}

const send = (response: ServerResponse, { status, body }: Answered, headers: Record<string, string> = {}): void =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

const respond = async (shelf: Shelf, asked: Asked, [way, response]: [OnTheWay, ServerResponse]): Promise<void> => {
  if (typeof way === 'object' && 'status' in way)
    return send(response, { status: way.status, body: {} }, way.retryAfter ? { 'retry-after': way.retryAfter } : {});
  if (typeof way === 'object') await pause(way.delayMs);
  if (way === 'LoseRequest') return void response.destroy();
  const answer = shelf.answer(asked);
  if (way === 'Double') shelf.answer(asked);
  if (way === 'LoseAnswer') return void response.destroy();
  if (way === 'Garble') return void response.writeHead(200).end('{"productId":');
  if (way === 'Flood') return void response.writeHead(200).end(`{"available":1,"more":"${'x'.repeat(100_000)}"}`);
  send(response, answer);
};

const listening = async (server: Server): Promise<string> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const closed = async (server: Server): Promise<void> => {
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
};

/** Starts one, with these units of each product. */
export const startShopInventory = async (units: Readonly<Record<string, number>>): Promise<ShopInventory> => {
  const shelf = new Shelf();
  for (const [productId, available] of Object.entries(units)) shelf.stock.set(productId, available);
  const { stock, applied } = shelf;
  const server = createServer();
  const shop: ShopInventory = {
    url: await listening(server),
    stock,
    applied,
    asked: [],
    traceparents: [],
    onTheWay: () => 'Pass',
    [Symbol.asyncDispose]: () => closed(server),
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers } = request;
    const key = String(headers['idempotency-key'] ?? '');
    const asked = {
      method,
      path: url,
      key,
      authorization: headers.authorization,
      quantity: await readQuantity(request),
    };
    shop.asked.push(asked);
    shop.traceparents.push(headers['traceparent']);
    await respond(shelf, asked, [shop.onTheWay(asked), response]);
  };
  server.on('request', (request, response) => void handle(request, response).catch(() => response.destroy()));
  return shop;
};
