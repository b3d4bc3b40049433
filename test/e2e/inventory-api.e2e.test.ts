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
  serving: () => ({ path: '/readyz/serving' }),
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

/** The status of the answer, and after it what the document has against it. */
const answerTo = async (operation: string, asked: Asked, at = url): Promise<readonly (number | string)[]> => {
  const answered = await askInventory(at, asked);
  return [answered.status, ...documented.complaintsAbout(operation, answered)];
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

const rename = (from: string, to: string) => panier.db.schema.alterTable(`saga.${from}`).renameTo(to).execute();

describe('every operation, as /openapi.json has it', () => {
  it.each(ALL)('%s: 200', async (operation) => {
    expect(await answerTo(operation, sound(operation))).toEqual([200]);
  });

  it.each(ALL)('%s: 400 for what cannot be read', async (operation) => {
    expect(await answerTo(operation, withBody(operation, Buffer.from([0x7b, 0xff, 0x7d]), AS_JSON))).toEqual([400]);
  });

  it.each(MOVES)('%s: 400 for a quantity, or a key, that is none', async (operation) => {
    for (const body of ['{"quantity": 0}', '{"quantity": "1"}', '{"quantity": 1', '{}'])
      expect(await answerTo(operation, withBody(operation, body))).toEqual([400]);
    expect(await answerTo(operation, withHeaders(sound(operation), { 'idempotency-key': 'two words' }))).toEqual([400]);
  });

  it.each(STOCK)('%s: 401 for a token that is none', async (operation) => {
    expect(await answerTo(operation, withHeaders(sound(operation), { authorization: 'Bearer none' }))).toEqual([401]);
  });

  it.each(MOVES)('%s: 401 for nobody, 403 without the scope', async (operation) => {
    const { headers: { authorization: _, ...asNobody } = {}, ...asked } = sound(operation);
    expect(await answerTo(operation, { ...asked, headers: asNobody })).toEqual([401]);
    expect(await answerTo(operation, withHeaders(sound(operation), WITHOUT_SCOPE))).toEqual([403]);
  });

  it('403 for plain text past the proxies, in production', async () => {
    const at = await another({ mode: 'production', trustedProxies: ['192.0.2.1'] });
    for (const operation of ['stock', ...MOVES, 'openApi'])
      expect(await answerTo(operation, sound(operation), at)).toEqual([403]);
  });

  it('404 for a product that is not there', async () => {
    for (const id of ['prod_none', '2', 'prod_%2e%2e%2f']) {
      expect(await answerTo('stock', { path: stockPath(id) })).toEqual([404]);
      expect(await answerTo('reduceStock', moveOf('reduce', id, { quantity: 1 }))).toEqual([404]);
      expect(await answerTo('increaseStock', moveOf('increase', id, { quantity: 1 }))).toEqual([404]);
    }
  });

  it('409 for what the stock does not allow', async () => {
    expect(await answerTo('reduceStock', moveOf('reduce', productId, { quantity: 1_000_000 }))).toEqual([409]);
    expect(await answerTo('increaseStock', moveOf('increase', productId, { quantity: 1_000_000_000 }))).toEqual([409]);
  });

  it.each(ALL)('%s: 413 for a body that is too long', async (operation) => {
    const { headers } = sound(operation);
    const chunked = { ...sound(operation), headers: { ...headers, 'transfer-encoding': 'chunked' } };
    expect(await answerTo(operation, withBody(operation, ' '.repeat(1_025)))).toEqual([413]);
    expect(await answerTo(operation, { ...chunked, body: ' '.repeat(1_025) })).toEqual([413]);
  });

  it.each(ALL)('%s: 415 for a body that is compressed, or not in UTF-8', async (operation) => {
    expect(await answerTo(operation, withBody(operation, '{}', { 'content-encoding': 'gzip' }))).toEqual([415]);
    expect(
      await answerTo(operation, withBody(operation, '{}', { 'content-type': 'application/json; charset=latin1' })),
    ).toEqual([415]);
  });

  it.each(MOVES)('%s: 415 for what is no JSON', async (operation) => {
    expect(await answerTo(operation, withHeaders(sound(operation), { 'content-type': 'text/plain' }))).toEqual([415]);
  });

  it.each(ALL)('%s: 421 at another host', async (operation) => {
    expect(await answerTo(operation, withHeaders(sound(operation), { host: 'shop.example' }))).toEqual([421]);
  });

  it.each(MOVES)('%s: 422 for a key of another request', async (operation) => {
    const headers = { 'idempotency-key': `reused by ${operation}`.replaceAll(' ', '-') };
    expect(await answerTo(operation, withHeaders(sound(operation), headers))).toEqual([200]);
    expect(await answerTo(operation, withBody(operation, '{"quantity": 7}', headers))).toEqual([422]);
  });

  it('429 for who asks too often, from anywhere or by name', async () => {
    const at = await another({ rateLimits: { ...NO_RATE_LIMITS, address: 1 } });
    await askInventory(at, sound('stock'));
    for (const operation of [...STOCK, 'openApi'])
      expect(await answerTo(operation, sound(operation), at)).toEqual([429]);
    const byName = await another({ rateLimits: { ...NO_RATE_LIMITS, serviceCommands: 1 } });
    await askInventory(byName, sound('increaseStock'));
    expect(await answerTo('increaseStock', sound('increaseStock'), byName)).toEqual([429]);
    expect(await answerTo('stock', withHeaders(sound('stock'), WAREHOUSE), byName)).toEqual([200]);
  });

  it('503 for what takes too long, and when not all is there', async () => {
    const at = await another({ limits: { ...DEFAULT_LIMITS, operationMs: 300 } });
    await whileLocked(async () => {
      for (const operation of [...STOCK, 'ready', 'serving'])
        expect(await answerTo(operation, sound(operation), at)).toEqual([503]);
    });
  });

  it('500 for a defect, of which no more is told than where the log has it', async () => {
    await rename('stock', 'shelf');
    try {
      for (const operation of STOCK) expect(await answerTo(operation, sound(operation))).toEqual([500]);
    } finally {
      await rename('shelf', 'stock');
    }
  });

  it('was answered in every way that the document names', async () => {
    expect(documented.unseen).toEqual([]);
    await expectSound(panier.db);
  });

  it('is the one that is committed', async () => {
    const { text } = await askInventory(url, { path: '/openapi.json' });
    expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync('openapi.json', 'utf8')));
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
