import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, NO_RATE_LIMITS } from '../../src/platform/index.ts';
import { AS_JSON, type Asked, askInventory, moveOf, stockPath, WAREHOUSE, WITHOUT_SCOPE } from './ask-inventory.ts';
import { Documented, type OpenApi } from './documented.ts';
import { expectSound } from './invariants.ts';
import { startPanier, type TestInstance, type TestPanier } from './panier.ts';
import { shelve } from './shop.ts';

let panier: TestPanier;
let url: string;
let productId: string;
let documented: Documented;

const urlOf = (instance: TestInstance): string => instance.panier.urls['inventory-api'] ?? '';

/** One more process, which serves stock alone. */
const another = async (settings: Parameters<TestPanier['another']>[0]): Promise<string> =>
  urlOf(await panier.another({ roles: ['inventory-api'], ...settings }));

beforeAll(async () => {
  panier = await startPanier();
  url = urlOf(panier);
  productId = await shelve(panier.client(), 100);
  documented = new Documented(JSON.parse((await askInventory(url, { path: '/openapi.json' })).text) as OpenApi);
});
afterAll(() => panier[Symbol.asyncDispose]());

/** What the operations are asked, when nothing is wrong. */
const SOUND: Readonly<Record<string, () => Asked>> = {
  stock: () => ({ path: stockPath(productId) }),
  reduceStock: () => moveOf('reduce', productId, { quantity: 2 }),
  increaseStock: () => moveOf('increase', productId, { quantity: 2 }),
  openApi: () => ({ path: '/openapi.json' }),
  live: () => ({ path: '/livez' }),
  ready: () => ({ path: '/readyz' }),
};
const ALL = Object.keys(SOUND);
const MOVES = ['reduceStock', 'increaseStock'];
const STOCK = ['stock', ...MOVES];

const sound = (operation: string): Asked => {
  const asked = SOUND[operation];
  if (asked === undefined) throw new Error(`There is no ${operation}.`);
  return asked();
};

const withHeaders = (asked: Asked, headers: Asked['headers']): Asked => ({
  ...asked,
  headers: { ...asked.headers, ...headers },
});

/** Asks, and has the document say whether the answer is one. */
const expectAnswer = async (operation: string, status: number, asked: Asked, at = url): Promise<void> => {
  const answered = await askInventory(at, asked);
  expect(answered.status, `${operation}: ${answered.text}`).toBe(status);
  expect(documented.complaintsAbout(operation, answered)).toEqual([]);
};

const withBody = (operation: string, body: string | Buffer, headers: Asked['headers'] = {}): Asked => ({
  ...withHeaders(sound(operation), headers),
  body,
});

/** The stock of every product is locked for so long as the work lasts. */
const whileLocked = async (work: () => Promise<void>): Promise<void> => {
  await panier.db.transaction().execute(async (tx) => {
    await sql`lock table saga.stock in access exclusive mode`.execute(tx);
    await work();
  });
};

describe('every operation, as /openapi.json has it', () => {
  it.each(ALL)('%s: 200', async (operation) => {
    await expectAnswer(operation, 200, sound(operation));
  });

  it.each(ALL)('%s: 400 for what cannot be read', async (operation) => {
    await expectAnswer(operation, 400, withBody(operation, Buffer.from([0x7b, 0xff, 0x7d]), AS_JSON));
  });

  it.each(MOVES)('%s: 400 for a quantity, or a key, that is none', async (operation) => {
    for (const body of ['{"quantity": 0}', '{"quantity": "1"}', '{"quantity": 1', '{}'])
      await expectAnswer(operation, 400, withBody(operation, body));
    await expectAnswer(operation, 400, withHeaders(sound(operation), { 'idempotency-key': 'two words' }));
  });

  it.each(STOCK)('%s: 401 for a token that is none', async (operation) => {
    await expectAnswer(operation, 401, withHeaders(sound(operation), { authorization: 'Bearer none' }));
  });

  it.each(MOVES)('%s: 401 for nobody, 403 without the scope', async (operation) => {
    const { headers: { authorization: _, ...asNobody } = {}, ...asked } = sound(operation);
    await expectAnswer(operation, 401, { ...asked, headers: asNobody });
    await expectAnswer(operation, 403, withHeaders(sound(operation), WITHOUT_SCOPE));
  });

  it('403 for plain text past the proxies, in production', async () => {
    const at = await another({ mode: 'production', trustedProxies: ['192.0.2.1'] });
    for (const operation of ['stock', ...MOVES, 'openApi']) await expectAnswer(operation, 403, sound(operation), at);
  });

  it('404 for a product that is not there', async () => {
    for (const id of ['prod_none', '2', 'prod_%2e%2e%2f']) {
      await expectAnswer('stock', 404, { path: stockPath(id) });
      await expectAnswer('reduceStock', 404, moveOf('reduce', id, { quantity: 1 }));
      await expectAnswer('increaseStock', 404, moveOf('increase', id, { quantity: 1 }));
    }
  });

  it('409 for what the stock does not allow', async () => {
    await expectAnswer('reduceStock', 409, moveOf('reduce', productId, { quantity: 1_000_000 }));
    await expectAnswer('increaseStock', 409, moveOf('increase', productId, { quantity: 1_000_000_000 }));
  });

  it.each(ALL)('%s: 413 for a body that is too long', async (operation) => {
    const { headers } = sound(operation);
    const chunked = { ...sound(operation), headers: { ...headers, 'transfer-encoding': 'chunked' } };
    await expectAnswer(operation, 413, withBody(operation, ' '.repeat(1_025)));
    await expectAnswer(operation, 413, { ...chunked, body: ' '.repeat(1_025) });
  });

  it.each(ALL)('%s: 415 for a body that is compressed, or not in UTF-8', async (operation) => {
    await expectAnswer(operation, 415, withBody(operation, '{}', { 'content-encoding': 'gzip' }));
    await expectAnswer(
      operation,
      415,
      withBody(operation, '{}', { 'content-type': 'application/json; charset=latin1' }),
    );
  });

  it.each(MOVES)('%s: 415 for what is no JSON', async (operation) => {
    await expectAnswer(operation, 415, withHeaders(sound(operation), { 'content-type': 'text/plain' }));
  });

  it.each(ALL)('%s: 421 at another host', async (operation) => {
    await expectAnswer(operation, 421, withHeaders(sound(operation), { host: 'shop.example' }));
  });

  it.each(MOVES)('%s: 422 for a key of another request', async (operation) => {
    const headers = { 'idempotency-key': `reused by ${operation}`.replaceAll(' ', '-') };
    await expectAnswer(operation, 200, withHeaders(sound(operation), headers));
    await expectAnswer(operation, 422, withBody(operation, '{"quantity": 7}', headers));
  });

  it('429 for who asks too often, from anywhere or by name', async () => {
    const at = await another({ rateLimits: { ...NO_RATE_LIMITS, address: 1 } });
    await askInventory(at, sound('stock'));
    for (const operation of [...STOCK, 'openApi']) await expectAnswer(operation, 429, sound(operation), at);
    const byName = await another({ rateLimits: { ...NO_RATE_LIMITS, serviceCommands: 1 } });
    await askInventory(byName, sound('increaseStock'));
    await expectAnswer('increaseStock', 429, sound('increaseStock'), byName);
    await expectAnswer('stock', 200, withHeaders(sound('stock'), WAREHOUSE), byName);
  });

  it('503 for what takes too long, and when not all is there', async () => {
    const at = await another({ limits: { ...DEFAULT_LIMITS, operationMs: 300 } });
    await whileLocked(async () => {
      for (const operation of [...STOCK, 'ready']) await expectAnswer(operation, 503, sound(operation), at);
    });
  });

  it('500 for a defect, of which no more is told than where the log has it', async () => {
    const rename = (from: string, to: string) => panier.db.schema.alterTable(`saga.${from}`).renameTo(to).execute();
    await rename('stock', 'shelf');
    try {
      for (const operation of STOCK) await expectAnswer(operation, 500, sound(operation));
    } finally {
      await rename('shelf', 'stock');
    }
  });

  it('was answered in every way that the document names', () => {
    expect(documented.unseen).toEqual([]);
  });

  it('is the one that is committed', async () => {
    const { text } = await askInventory(url, { path: '/openapi.json' });
    expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync('openapi.json', 'utf8')));
  });

  it('left a ledger that is sound', async () => {
    await expectSound(panier.db);
  });
});

describe('a document that says otherwise', () => {
  it('is found out: by a status, a type, a header and a body', async () => {
    const answered = await askInventory(url, moveOf('reduce', productId, { quantity: 1_000_000 }));
    const complaintsWith = (change: Partial<typeof answered>) =>
      documented.complaintsAbout('reduceStock', { ...answered, ...change });
    expect(complaintsWith({})).toEqual([]);
    expect(complaintsWith({ status: 410 })).toEqual(['reduceStock 410 is not in the document']);
    expect(complaintsWith({ headers: { 'content-type': 'text/html' } })).toEqual([
      'reduceStock 409 has the type text/html',
    ]);
    expect(complaintsWith({ status: 503 })).toContain('reduceStock 503 is without Retry-After');
    const { available: _, ...short } = JSON.parse(answered.text) as Readonly<Record<string, unknown>>;
    expect(complaintsWith({ text: JSON.stringify(short) })).toHaveLength(1);
  });
});
