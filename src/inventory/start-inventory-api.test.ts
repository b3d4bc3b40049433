import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { request as requestByTls } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { ADMITTED_AS_NOBODY, openRates } from '../access/index.ts';
import { Conflict, NO_RATE_LIMITS, openLogger, Unavailable } from '../platform/index.ts';
import type { StockLevel } from '../saga/index.ts';
import type { Inventory } from './answer-stock.ts';
import { type InventoryApi, startInventoryApi } from './start-inventory-api.ts';

const STOCK: StockLevel = { productId: 'prod_1', available: 1, reserved: 2, sold: 3 };

let opened = new AsyncDisposableStack();
afterEach(async () => {
  await opened.disposeAsync();
  opened = new AsyncDisposableStack();
});

const start = async (
  productStock: Inventory['productStock'],
  options: Partial<Parameters<typeof startInventoryApi>[1]> = {},
): Promise<InventoryApi> => {
  const parts = {
    inventory: { productStock, moveStock: () => Promise.reject(new Error('It is not tried here.')) },
    gate: { admit: () => ADMITTED_AS_NOBODY },
    rates: openRates({ limits: NO_RATE_LIMITS, redis: null }),
    logger: openLogger('silent'),
    ready: async () => ({ postgresql: true }),
    serving: async () => true,
  };
  return opened.use(await startInventoryApi(parts, { host: '127.0.0.1', port: 0, ...options }));
};

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const read = async (response: IncomingMessage): Promise<Answer> => ({
  status: response.statusCode,
  headers: response.headers,
  body: await text(response),
});

const ask = async (api: InventoryApi, path: string, agent?: Agent): Promise<Answer> => {
  const sent = request(`${api.url}${path}`, agent === undefined ? { agent: false } : { agent }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return read(response);
};

const PATH = '/stock/products/prod_1';

describe('an inventory-api that stops', () => {
  it('answers what is under way, says that it was the last, and says meanwhile that it is not ready', async () => {
    const { promise: stock, resolve } = Promise.withResolvers<StockLevel>();
    const asked = Promise.withResolvers<void>();
    const api = await start(() => {
      asked.resolve();
      return stock;
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const probing = new Agent({ keepAlive: true, maxSockets: 1 });
    for (const path of ['/readyz', '/readyz/serving']) expect((await ask(api, path, probing)).status).toBe(200);
    const answer = ask(api, PATH, agent);
    await asked.promise;
    const stopped = api[Symbol.asyncDispose]();
    const probe = await ask(api, '/readyz', probing);
    expect([probe.status, JSON.parse(probe.body)]).toEqual([
      503,
      { status: 'not ready', checks: { postgresql: true, inventory: false } },
    ]);
    const serving = await ask(api, '/readyz/serving', probing);
    expect([serving.status, JSON.parse(serving.body)]).toEqual([503, { status: 'not serving' }]);
    resolve(STOCK);
    const { status, headers, body } = await answer;
    expect([status, headers.connection, JSON.parse(body)]).toEqual([200, 'close', STOCK]);
    await stopped;
    await expect(ask(api, PATH)).rejects.toThrow('ECONNREFUSED');
    agent.destroy();
    probing.destroy();
  });
});

describe('an inventory-api that cannot listen', () => {
  it('says what to do about a port that is taken', async () => {
    const first = await start(async () => STOCK);
    const { port } = new URL(first.url);
    await expect(start(async () => STOCK, { port: Number(port) })).rejects.toThrow(
      `PANIER_INVENTORY_PORT=${port} is taken: stop the other program or set PANIER_INVENTORY_PORT, or leave inventory-api out of PANIER_ROLES`,
    );
  });
});

describe('what goes wrong inside', () => {
  it.each([
    { thrown: new Conflict('secret'), status: 503, type: 'conflict', retryAfter: '1' },
    { thrown: new Unavailable('secret'), status: 503, type: 'unavailable', retryAfter: '5' },
    { thrown: new Error('secret'), status: 500, type: 'internal-server-error', retryAfter: undefined },
  ])('is told as $status $type, and nothing of it', async ({ thrown, status, type, retryAfter }) => {
    const api = await start(() => {
      throw thrown;
    });
    const answer = await ask(api, PATH);
    expect([answer.status, answer.headers['retry-after']]).toEqual([status, retryAfter]);
    expect(JSON.parse(answer.body)).toMatchObject({ type: `urn:panier:problem:${type}`, status });
    expect(answer.body).not.toContain('secret');
  });

  it('an inventory that does not answer is one that is away', async () => {
    const api = await start(() => Promise.withResolvers<never>().promise, { limits: { operationMs: 50 } });
    expect((await ask(api, PATH)).status).toBe(503);
  });
});

describe('an inventory-api with a certificate', () => {
  it('speaks HTTPS alone, and says so', async () => {
    const files = join(import.meta.dirname, '../schema/server/testing/tls');
    const tls = { certFile: join(files, 'first.cert.pem'), keyFile: join(files, 'first.key.pem') };
    const api = await start(async () => STOCK, { exposure: { tls } });
    expect(api.url).toMatch(/^https:/);
    const sent = requestByTls(`${api.url}${PATH}`, { rejectUnauthorized: false, agent: false }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const { status, headers } = await read(response);
    expect([status, headers['strict-transport-security']]).toEqual([200, 'max-age=31536000']);
  });
});
