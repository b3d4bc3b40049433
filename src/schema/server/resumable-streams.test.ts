import { EventSource } from 'eventsource';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AS_OPERATOR } from '../../../harness/support/tokens.ts';
import { Unavailable } from '../../platform/index.ts';
import { encodeOrderCursor } from '../order-cursor.ts';
import { ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { type MemoryModules, memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { type GatewayServer, startServer } from './start-server.ts';

const ORDER = `subscription ($after: String) { orderStatus(orderId: "${ORDER_ID}", after: $after) { step { revision } } }`;
const EVENTS = 'subscription { events { node { type } } }';
const { created, reserved, requested, succeeded, confirmed } = orderEvents();
const cursorOf = (revision: number): string => encodeOrderCursor({ orderId: ORDER_ID, revision });
const PRODUCT = { id: 'prod_a', name: 'Cup', price: '1.00', currency: 'EUR', available: 5, reserved: 0, sold: 0 };

let modules: MemoryModules;
let server: GatewayServer;
let answered: number[];

beforeEach(async () => {
  modules = memoryModules();
  answered = [];
  modules.append(ORDER_ID, created, reserved);
  server = await startServer(served(modules), { host: '127.0.0.1', port: 0 });
});
afterEach(() => server[Symbol.asyncDispose]());

const end = (): void => modules.append(ORDER_ID, requested, succeeded, confirmed);

const urlOf = (query: string, variables: object = {}): string => {
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  return `${server.url}/graphql?${search}`;
};

/** The beginning of a stream as text, up to where `isEnough`. */
const begun = async (url: string, isEnough: RegExp, headers: Readonly<Record<string, string>> = {}) => {
  const leaving = new AbortController();
  const asked = { ...(url.includes('ticket=') ? {} : AS_OPERATOR), accept: 'text/event-stream', ...headers };
  const signal = AbortSignal.any([leaving.signal, AbortSignal.timeout(10_000)]);
  const response = await fetch(url, { headers: asked, signal });
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (isEnough.test(text)) break;
  }
  leaving.abort();
  return { response, text };
};

const sourceOf = (url: string): EventSource =>
  new EventSource(url, {
    fetch: async (input, init) => {
      const response = await fetch(input, { ...init, headers: { ...init.headers, ...AS_OPERATOR } });
      answered.push(response.status);
      return response;
    },
  });

/** Everything that an EventSource tells until it stops for good. */
const untilItStops = async (url: string): Promise<readonly string[]> => {
  const told: string[] = [];
  const source = sourceOf(url);
  for (const type of ['next', 'complete'])
    source.addEventListener(type, ({ data, lastEventId }: MessageEvent<string>) =>
      told.push(`${type} ${lastEventId} ${data}`),
    );
  await expect.poll(() => source.readyState).toBe(source.CLOSED);
  return told;
};

describe('an event stream', () => {
  it('says how long to wait before coming again, and of each update behind which to go on', async () => {
    end();
    const { response, text } = await begun(urlOf(ORDER, { after: cursorOf(4) }), /id: complete/);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    const data = '{"data":{"orderStatus":{"step":{"revision":5}}}}';
    expect(text).toBe(
      `retry: 1000\n\nevent: next\ndata: ${data}\nid: ${cursorOf(5)}\n\nevent: complete\ndata:\nid: complete\n\n`,
    );
  });

  it('goes on behind its Last-Event-ID, whatever its URL says', async () => {
    end();
    const url = urlOf(ORDER, { after: cursorOf(1) });
    const { text } = await begun(url, /id: complete/, { 'last-event-id': cursorOf(3) });
    expect([...text.matchAll(/"revision":(\d)/g)].map(([, revision]) => revision)).toEqual(['4', '5']);
  });

  it('refuses a Last-Event-ID that is no cursor of its own', async () => {
    const { text } = await begun(urlOf(ORDER), /id: complete/, { 'last-event-id': 'nonsense' });
    expect(text).toContain('BAD_USER_INPUT');
  });

  it('of all events says where it begins before there is one', async () => {
    const { text } = await begun(urlOf(EVENTS), /\n\n/);
    expect(text).toMatch(/^retry: 1000\nid: [\w-]+\n\n$/);
    const [, id = ''] = /id: (.*)/.exec(text) ?? [];
    modules.append(ORDER_ID, requested);
    const later = await begun(urlOf(EVENTS), /event: next\n.*\n.*\n\n/, { 'last-event-id': id });
    expect(later.text).toContain('{"data":{"events":{"node":{"type":"PaymentRequested"}}}}');
  });

  it('of states has no ids: it begins with the newest state again', async () => {
    modules.products.set(PRODUCT.id, PRODUCT);
    const query = `subscription { stock(productIds: ["${PRODUCT.id}"]) { available } }`;
    const { text } = await begun(urlOf(query), /next\n.*\n\n/);
    expect(text).toBe('retry: 1000\n\nevent: next\ndata: {"data":{"stock":{"available":5}}}\n\n');
  });
});

/** Without any other credentials than those of its URL. */
const byTicket = (url: string, lastEventId?: string) =>
  begun(url, /\n\n.*\n\n|errors/s, lastEventId === undefined ? {} : { 'last-event-id': lastEventId });
const ticketed = async (query: string): Promise<string> => {
  const ask = 'mutation { streamTicket { ... on StreamTicket { ticket } } }';
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { ...AS_OPERATOR, 'content-type': 'application/json' },
    body: JSON.stringify({ query: ask }),
  });
  const { data } = (await response.json()) as { data: { streamTicket: { ticket: string } } };
  return `${urlOf(query)}&ticket=${data.streamTicket.ticket}`;
};

describe('an event stream by a ticket', () => {
  it('is taken up by the same URL and the id of its last event, and by nothing less', async () => {
    const url = await ticketed(ORDER);
    const { text } = await byTicket(url);
    const id = [...text.matchAll(/id: (.*)/g)].at(-1)?.[1] ?? '';
    expect(id).toBe(`${cursorOf(2)}~mark`);
    end();
    const later = await byTicket(url, id);
    expect(later.text).toContain(`{"revision":3}}}}\nid: ${cursorOf(3)}~mark\n`);
    for (const [asked, last] of [
      [url, undefined],
      [url, cursorOf(2)],
      [url, `${cursorOf(2)}~forged`],
      [url.replace('revision', 'status'), id],
    ] as const)
      expect((await byTicket(asked, last)).response.status).toBe(401);
  });

  it('of states says its mark at the beginning', async () => {
    modules.products.set(PRODUCT.id, PRODUCT);
    const url = await ticketed(`subscription { stock(productIds: ["${PRODUCT.id}"]) { available } }`);
    for (const last of [undefined, '~mark', '~mark'])
      expect((await byTicket(url, last)).text).toMatch(/^retry: 1000\nid: ~mark\n\nevent: next\ndata: [^\n]*\n\n$/);
  });

  it('goes on from the whole of its last id as after, too', async () => {
    end();
    const { text } = await begun(urlOf(ORDER, { after: `${cursorOf(4)}~mark` }), /id: complete/);
    expect(text).toContain('{"revision":5}');
    expect(text).not.toContain('{"revision":4}');
  });
});

describe('an EventSource', () => {
  it('comes once more after the end, is told that there is no content, and stops', async () => {
    end();
    expect(await untilItStops(urlOf(ORDER))).toEqual([
      `next ${cursorOf(5)} {"data":{"orderStatus":{"step":null}}}`,
      'complete complete ',
    ]);
    expect(answered).toEqual([200, 204]);
  });

  it.each([
    ['its document does not fit the schema', 'subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['what it asks for is not there', 'subscription { cart(cartId: "cart_0") { version } }', 'NOT_FOUND'],
  ])('stops when %s', async (_why, query, code) => {
    expect((await untilItStops(urlOf(query))).join('\n')).toMatch(new RegExp(`${code}[^]*complete complete`));
    expect(answered).toEqual([200, 204]);
  });

  it('comes again when what it needs is away', async () => {
    const { histories } = modules.audit;
    Object.assign(modules.audit, { histories: () => Promise.reject(new Unavailable('away')) });
    const source = sourceOf(urlOf(ORDER));
    const told: string[] = [];
    source.addEventListener('next', ({ data }: MessageEvent<string>) => told.push(data));
    await expect.poll(() => told.length).toBe(1);
    Object.assign(modules.audit, { histories });
    await expect.poll(() => told.at(-1)).toBe('{"data":{"orderStatus":{"step":null}}}');
    source.close();
  });
});
