import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AS_OPERATOR } from '../../harness/support/tokens.ts';
import { AdjustStockDocument } from '../../src/cli/client.ts';
import { newId } from '../../src/events/index.ts';
import { AS_JSON, type Asked, askInventory, moveOf, stockPath, WAREHOUSE, WITHOUT_SCOPE } from './ask-inventory.ts';
import { expectSound } from './invariants.ts';
import { startPanier, type TestInstance, type TestPanier } from './panier.ts';
import { shelve, stands } from './shop.ts';

let panier: TestPanier;
let url: string;
let otherUrl: string;

const urlOf = (instance: TestInstance): string => instance.panier.urls['inventory-api'] ?? '';

beforeAll(async () => {
  panier = await startPanier();
  url = urlOf(panier);
  otherUrl = urlOf(await panier.another({ roles: ['inventory-api'] }));
});
afterAll(() => panier[Symbol.asyncDispose]());

const product = (stock: number): Promise<string> => shelve(panier.client(), stock);

const available = async (productId: string): Promise<number> => {
  const { text: body } = await askInventory(url, { path: stockPath(productId) });
  return (JSON.parse(body) as { readonly available: number }).available;
};

const statusOf = async (asked: Asked): Promise<number> => (await askInventory(url, asked)).status;

/** Sends bytes, and reads until the server closes. */
const exchange = async (bytes: string): Promise<string> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(bytes);
  const received = await text(socket);
  socket.destroy();
  return received;
};

const statusesIn = (received: string): readonly number[] =>
  [...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));

interface RawMove {
  readonly productId: string;
  readonly key: string;
  /** Header lines more, each with its end. */
  readonly more?: string;
}

const BODY = '{"quantity":1}';

const rawMove = ({ productId, key, more = '' }: RawMove): string =>
  `PUT ${stockPath(productId)}/stock/reduce HTTP/1.1\r\nhost: localhost\r\nauthorization: ${WAREHOUSE.authorization}\r\n` +
  `content-type: application/json\r\nidempotency-key: ${key}\r\n${more}content-length: ${BODY.length}\r\n\r\n${BODY}`;

describe('an Idempotency-Key', () => {
  it('answers at once, later and in another process with the same status and the same text, once done', async () => {
    const productId = await product(10);
    const asked = moveOf('reduce', productId, { quantity: 3, key: newId('Event') });
    const ask = (nth: number) => askInventory(nth % 2 === 0 ? url : otherUrl, asked);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, nth) => ask(nth)));
    await askInventory(url, moveOf('increase', productId, { quantity: 5 }));
    answers.push(await ask(0), await ask(1));
    expect(new Set(answers.map(({ status, text: body }) => `${status} ${body}`))).toEqual(
      new Set([`200 ${JSON.stringify({ productId, available: 7, reserved: 0, sold: 0 })}`]),
    );
    expect(await available(productId)).toBe(12);
  });

  it.each([
    ['short', 409, { quantity: 11 }],
    ['of no product', 404, { quantity: 1 }],
  ])('keeps what was refused as %s', async (what, status, { quantity }) => {
    const productId = what === 'short' ? await product(10) : newId('Product');
    const asked = moveOf('reduce', productId, { quantity, key: newId('Event') });
    const first = await askInventory(url, asked);
    if (what === 'short') await askInventory(url, moveOf('increase', productId, { quantity: 100 }));
    const again = await askInventory(otherUrl, asked);
    expect([first.status, again.status, again.text]).toEqual([status, status, first.text]);
  });

  it('is refused for the other direction, another product, another quantity and another command', async () => {
    const [productId, another] = [await product(10), await product(10)];
    const key = newId('Event');
    expect(await statusOf(moveOf('reduce', productId, { quantity: 1, key }))).toBe(200);
    expect(await statusOf(moveOf('increase', productId, { quantity: 1, key }))).toBe(422);
    expect(await statusOf(moveOf('reduce', another, { quantity: 1, key }))).toBe(422);
    expect(await statusOf(moveOf('reduce', productId, { quantity: 2, key }))).toBe(422);
    expect(await available(another)).toBe(10);
  });

  it('is of whoever the token is for, over GraphQL as well', async () => {
    const productId = await product(10);
    const key = newId('Event');
    const operator = panier.client();
    const input = { productId, delta: 1, idempotencyKey: key };
    await operator.request(AdjustStockDocument, { input });
    expect(await statusOf(moveOf('reduce', productId, { quantity: 1, key, as: AS_OPERATOR }))).toBe(422);
    expect(await statusOf(moveOf('reduce', productId, { quantity: 1, key }))).toBe(200);
  });

  it('tells nothing to who may not change stock', async () => {
    const productId = await product(10);
    const key = newId('Event');
    await askInventory(url, moveOf('reduce', productId, { quantity: 1, key }));
    expect(await statusOf(moveOf('reduce', productId, { quantity: 1, key, as: WITHOUT_SCOPE }))).toBe(403);
  });

  it('comes once: two of them are none, and nothing is done', async () => {
    const productId = await product(10);
    const asked = moveOf('reduce', productId, { quantity: 1 });
    const headers = { ...asked.headers, 'idempotency-key': ['one', 'two'] };
    expect(await statusOf({ ...asked, headers })).toBe(400);
    expect(await available(productId)).toBe(10);
  });

  it('without it, each request is one of its own', async () => {
    const productId = await product(10);
    for (let nth = 0; nth < 3; nth += 1) await askInventory(url, moveOf('reduce', productId, { quantity: 1 }));
    expect(await available(productId)).toBe(7);
  });
});

describe('a race for the last units', () => {
  it('is won by as many as there are, in two processes, and lost with what is available', async () => {
    const productId = await product(7);
    const asked = moveOf('reduce', productId, { quantity: 1 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, nth) => askInventory(nth % 2 === 0 ? url : otherUrl, asked)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(7);
    const short = answers.filter(({ status }) => status === 409).map(({ text: body }) => JSON.parse(body) as object);
    expect(short).toHaveLength(13);
    for (const each of short) expect(each).toMatchObject({ available: 0 });
    expect(await available(productId)).toBe(0);
  });
});

describe('what changed', () => {
  it('is journaled with a reason that says how, published, and shown by GraphQL', async () => {
    const productId = await product(10);
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const reduce = moveOf('reduce', productId, { quantity: 4 });
    await askInventory(url, { ...reduce, headers: { ...reduce.headers, traceparent } });
    await askInventory(otherUrl, moveOf('increase', productId, { quantity: 1 }));
    await stands(panier.client(), productId, { available: 7, reserved: 0, sold: 0 });
    const rows = await panier.db
      .selectFrom('saga.journal')
      .select(['type', 'data', 'traceparent', 'producer'])
      .where('aggregate_id', '=', productId)
      .orderBy('position')
      .execute();
    const producer = 'inventory-saga-consumer';
    const told = (delta: number, reason: string | null) => ({ product_id: productId, delta, reason });
    expect(rows).toEqual([
      { type: 'StockAdjusted', data: told(10, null), traceparent: null, producer },
      { type: 'StockAdjusted', data: told(-4, 'Reduced through the inventory-api.'), traceparent, producer },
      { type: 'StockAdjusted', data: told(1, 'Increased through the inventory-api.'), traceparent: null, producer },
    ]);
    await expectSound(panier.db);
  });
});

describe('what strangers send', () => {
  it.each([
    ['/', 404],
    ['/stock', 404],
    ['/stock/products/', 404],
    ['/stock/products/prod_1/', 404],
    ['/stock/products/prod_1/stock', 404],
    ['/stock/products/prod_1/stock/steal', 404],
    ['/stock/products/../../openapi.json', 200],
    ['/stock/products/%2e%2e/%2e%2e/etc/passwd', 404],
    ['/stock/products/..%2f..%2fetc%2fpasswd', 404],
    ['/stock/products/prod_%', 400],
    ['/stock/products/prod_%c3%28', 400],
    ['/stock/products/prod_%00', 404],
    [`/stock/products/prod_${'1'.repeat(5_000)}`, 404],
    ['//stock/products/prod_1', 400],
    ['/openapi.json?x=1', 200],
    ['/OPENAPI.JSON', 404],
    ['/graphql', 404],
    ['/stock/products/prod_1;x=1', 404],
    ['/stock/products/constructor', 404],
    ['/stock/products/__proto__/stock/reduce', 405],
  ])('GET %s is answered with %d', async (path, status) => {
    expect(await statusOf({ path })).toBe(status);
  });

  it.each([
    ['DELETE', '', 'GET, HEAD'],
    ['PUT', '', 'GET, HEAD'],
    ['OPTIONS', '', 'GET, HEAD'],
    ['PATCH', '/stock/reduce', 'PUT'],
    ['POST', '/stock/increase', 'PUT'],
    ['GET', '/stock/reduce', 'PUT'],
    ['PROPFIND', '/stock/reduce', 'PUT'],
  ])('%s %s is not for that path: Allow says what is', async (method, rest, allow) => {
    const { status, headers } = await askInventory(url, { method, path: `${stockPath('prod_1')}${rest}` });
    expect([status, headers.allow]).toEqual([405, allow]);
  });

  it('HEAD is answered as GET, without the body', async () => {
    const productId = await product(10);
    const path = stockPath(productId);
    const [get, head] = [await askInventory(url, { path }), await askInventory(url, { path, method: 'HEAD' })];
    expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', get.headers['content-length']]);
    expect(await statusOf({ path: stockPath('prod_none'), method: 'HEAD' })).toBe(404);
  });

  it('pipelined requests are answered one after the other, in their order', async () => {
    const productId = await product(10);
    const last = `GET ${stockPath(productId)} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`;
    const received = await exchange(
      `${[1, 2, 3].map((nth) => rawMove({ productId, key: `${productId}-${nth}` })).join('')}${last}`,
    );
    expect(statusesIn(received)).toEqual([200, 200, 200, 200]);
    expect([...received.matchAll(/"available":(\d+)/g)].map(([, units]) => Number(units))).toEqual([9, 8, 7, 7]);
  });

  it('a body that is longer than it says is the next request, and none', async () => {
    const productId = await product(10);
    const bytes = rawMove({ productId, key: productId }).replace('content-length: 14', 'content-length: 13');
    expect(new Set(statusesIn(await exchange(bytes)))).toEqual(new Set([400]));
    expect(await available(productId)).toBe(10);
  });

  it.each([
    ['two lengths', 'content-length: 5\r\n'],
    ['a length and chunks', 'transfer-encoding: chunked\r\n'],
  ])('%s smuggle nothing', async (_what, more) => {
    const productId = await product(10);
    const received = await exchange(rawMove({ productId, key: productId, more }));
    expect(statusesIn(received)).toEqual([400]);
    expect(await available(productId)).toBe(10);
  });

  it('a body of ten megabytes is cut off, and the next request is served', async () => {
    const productId = await product(10);
    const asked = moveOf('reduce', productId, { quantity: 1 });
    const huge = await askInventory(url, { ...asked, body: Buffer.alloc(10_000_000, ' ') }).catch(
      (error: unknown) => error,
    );
    expect(huge instanceof Error || (huge as { readonly status: number }).status === 413).toBe(true);
    expect(await statusOf(asked)).toBe(200);
  });

  it('an upgrade is a request like any other, and CONNECT is refused', async () => {
    const productId = await product(10);
    const path = stockPath(productId);
    const upgrade = `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade, close\r\nupgrade: websocket\r\n\r\n`;
    expect(statusesIn(await exchange(upgrade))).toEqual([200]);
    expect(statusesIn(await exchange('CONNECT shop.example:443 HTTP/1.1\r\nhost: shop.example\r\n\r\n'))).toEqual([
      405,
    ]);
  });

  it('no page can make its visitor change stock: a form is no JSON, and a cookie is nobody', async () => {
    const productId = await product(10);
    const asked = moveOf('reduce', productId, { quantity: 1, as: { cookie: `panier=${WAREHOUSE.authorization}` } });
    expect(await statusOf(asked)).toBe(401);
    const headers = { ...AS_JSON, ...WAREHOUSE, 'content-type': 'text/plain' };
    expect(await statusOf({ ...moveOf('reduce', productId, { quantity: 1 }), headers })).toBe(415);
  });

  it('answers are for whoever asked alone', async () => {
    const { headers } = await askInventory(url, { path: '/openapi.json' });
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});
