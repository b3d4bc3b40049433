import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSpanNotes, traceparentIn } from '../../../harness/support/span-notes.ts';
import {
  asSpan,
  beginSpan,
  type InventoryAnswered,
  type InventoryConfig,
  openLogger,
  SIGNALS,
  systemClock,
} from '../../platform/index.ts';
import { httpInventory } from './http-inventory.ts';
import type { Call } from './intent.ts';
import { type ShopInventory, startShopInventory } from './shop-inventory.fixture.ts';

const TOKEN = 'secret-token-of-the-shop';
const CALL: Call = { orderId: 'order_1', productId: 'prod_2', quantity: 2, way: 'reduce' };

let shop: ShopInventory;
let logged: string[];

beforeEach(async () => {
  shop = await startShopInventory({ prod_2: 5, 'a b/ü': 5 });
  logged = [];
});
afterEach(() => shop[Symbol.asyncDispose]());

const inventory = (settings: Partial<Pick<InventoryConfig, 'url' | 'token' | 'timeoutMs'>> = {}) =>
  httpInventory({
    config: { url: shop.url, token: TOKEN, timeoutMs: 300, ...settings },
    logger: openLogger('info', { destination: { write: (line) => void logged.push(line) } }),
    clock: systemClock,
  });

const NEVER = new AbortController().signal;
const lines = () => logged.map((line) => JSON.parse(line) as Record<string, unknown>);
const messages = () => lines().map(({ msg }) => String(msg).replace(shop.url, 'http://shop'));
const errors = () => lines().filter(({ level }) => level === 'error');
const path = 'http://shop/stock/products/prod_2/stock/reduce';

describe('a call over HTTP', () => {
  it('is a PUT with its quantity, its key and the token', async () => {
    expect(await inventory().call(CALL, NEVER)).toEqual({ type: 'Done' });
    expect(shop.asked).toEqual([
      {
        method: 'PUT',
        path: '/stock/products/prod_2/stock/reduce',
        key: 'order_1:prod_2:reduce',
        authorization: `Bearer ${TOKEN}`,
        quantity: 2,
      },
    ]);
  });

  it('bears the trace that it is made in, and says there how it was answered', async () => {
    await inventory().call(CALL, NEVER);
    using spans = openSpanNotes();
    const span = beginSpan(traceparentIn('a'), () => ({ name: 'inventory reduce' }));
    await asSpan(span, () => inventory().call(CALL, NEVER));
    shop.onTheWay = () => 'LoseAnswer';
    await asSpan(span, () => inventory().call(CALL, NEVER));
    expect(shop.traceparents).toEqual([undefined, span?.traceparent, span?.traceparent]);
    expect(spans.notes.slice(1)).toEqual([
      ['inventory reduce', { 'http.response.status_code': 200 }],
      ['inventory reduce', 'ends'],
      ['inventory reduce', 'fails', 'UND_ERR_SOCKET', undefined],
      ['inventory reduce', 'ends'],
    ]);
  });

  it('shows no token where none is configured', async () => {
    await inventory({ token: undefined }).call(CALL, NEVER);
    expect(shop.asked[0]?.authorization).toBeUndefined();
  });

  it('takes product ids as they are, below a path of the inventory', async () => {
    await inventory({ url: `${shop.url}/v1` }).call({ ...CALL, productId: 'a b/ü' }, NEVER);
    expect(shop.asked[0]?.path).toBe('/v1/stock/products/a%20b%2F%C3%BC/stock/reduce');
  });

  it('is a line in the log, without the token', async () => {
    await inventory().call(CALL, NEVER);
    expect(messages()).toEqual([`PUT ${path} 200 OK`]);
    const [line] = lines();
    expect(line).toMatchObject({ level: 'info', orderId: 'order_1', quantity: 2 });
    expect(line?.['milliseconds']).toBeTypeOf('number');
    expect(logged.join('')).not.toContain(TOKEN);
  });

  it('is told to whoever counts, by what came of it', async () => {
    const told: InventoryAnswered[] = [];
    using _hearing = SIGNALS.inventoryAnswered.hear((fact) => void told.push(fact));
    const one = inventory();
    await one.call(CALL, NEVER);
    await one.call({ ...CALL, productId: 'prod_9', way: 'increase' }, NEVER);
    shop.onTheWay = () => ({ status: 503 });
    await one.call(CALL, NEVER);
    shop.onTheWay = () => ({ status: 401 });
    await one.call(CALL, NEVER);
    expect(told.map(({ call, result }) => `${call} ${result}`)).toEqual([
      'reduce done',
      'increase refused',
      'reduce away',
      'reduce not_accepted',
    ]);
    for (const { tookMs } of told) expect(tookMs).toBeGreaterThan(0);
  });

  it('says in the log what else was answered', async () => {
    shop.stock.set('prod_2', 1);
    expect(await inventory().call(CALL, NEVER)).toEqual({ type: 'Refused', available: 1 });
    shop.onTheWay = () => 'Garble';
    expect(await inventory().call(CALL, NEVER)).toMatchObject({ type: 'NotKnown' });
    shop.onTheWay = () => ({ status: 503 });
    expect(await inventory().call(CALL, NEVER)).toMatchObject({ type: 'NotKnown' });
    expect(messages()).toEqual([
      `PUT ${path} 409 Conflict`,
      `PUT ${path} 200 OK, but its body cannot be read`,
      `PUT ${path} 503 Service Unavailable`,
    ]);
  });

  it('says in the log why there was no answer', async () => {
    shop.onTheWay = () => 'LoseAnswer';
    await inventory().call(CALL, NEVER);
    shop.onTheWay = () => ({ delayMs: 400 });
    await inventory({ timeoutMs: 50 }).call(CALL, NEVER);
    await inventory().call(CALL, AbortSignal.abort());
    await using closed = await startShopInventory({});
    const { url } = closed;
    await closed[Symbol.asyncDispose]();
    await inventory({ url }).call(CALL, NEVER);
    expect(messages().map((line) => /no answer \((\w+)\)$/.exec(line)?.[1])).toEqual([
      'UND_ERR_SOCKET',
      'TimeoutError',
      'AbortError',
      'ECONNREFUSED',
    ]);
  });

  it('does not follow a redirect, and shows nobody else the token', async () => {
    shop.onTheWay = () => ({ status: 307 });
    expect(await inventory().call(CALL, NEVER)).toMatchObject({ type: 'NotKnown' });
    expect(shop.asked).toHaveLength(1);
  });

  it('tells an operator once of what only an operator can put right', async () => {
    const one = inventory();
    shop.onTheWay = () => ({ status: 401 });
    for (let times = 0; times < 3; times += 1) await one.call(CALL, NEVER);
    expect(errors()).toHaveLength(1);
    expect(errors()[0]).toMatchObject({
      complaint: 'does not accept calls (401)',
      msg: 'the inventory does not do what it is asked: put that right there or here',
    });
    shop.onTheWay = () => 'Pass';
    await one.call(CALL, NEVER);
    shop.onTheWay = () => ({ status: 401 });
    await one.call({ ...CALL, orderId: 'order_2' }, NEVER);
    expect(errors()).toHaveLength(2);
  });

  it('tells an operator of units that do not come back, and not of a line that is refused', async () => {
    const one = inventory();
    await one.call({ ...CALL, productId: 'prod_9' }, NEVER);
    await one.call({ ...CALL, productId: 'prod_9', way: 'increase' }, NEVER);
    shop.onTheWay = () => ({ status: 409 });
    await one.call({ ...CALL, way: 'increase' }, NEVER);
    expect(errors().map(({ complaint }) => complaint)).toEqual([
      'does not take units back (404)',
      'does not take units back (409)',
    ]);
  });
});
