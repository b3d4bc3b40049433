import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { type Answering, answering, openSink, type Received, type Sink } from '../../harness/webhooks/sink.ts';
import type { WebhookEndpoint } from './endpoint.ts';
import { upTo, valueOf, type WebhooksAtWork, webhooksAtWork } from './webhooks.fixture.ts';

let atWork: WebhooksAtWork;
let sink: Sink;
beforeEach(async () => {
  [atWork, sink] = [await webhooksAtWork(), await openSink()];
});
afterEach(async () => {
  await atWork[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

const positionsOf = (orderId: string): readonly number[] =>
  sink.received.filter((each) => orderOf(each) === orderId).map(versionOf);
const told = ({ body }: Received) =>
  JSON.parse(body) as { readonly subject: string; readonly aggregateversion: number };
const orderOf = (received: Received): string => told(received).subject;
const versionOf = (received: Received): number => told(received).aggregateversion;
const idsOf = (received: readonly Received[]): readonly string[] =>
  received.map(({ headers }) => headers['webhook-id'] ?? '');

const stateOf = async ({ id }: WebhookEndpoint): Promise<WebhookEndpoint> => {
  const found = await atWork.endpoints.find(id);
  if (found === null) throw new Error(`${id} is gone`);
  return found;
};

const reaches = (endpoint: WebhookEndpoint, expected: object): Promise<WebhookEndpoint> =>
  eventually(async () => {
    const state = await stateOf(endpoint);
    expect(state).toMatchObject(expected);
    return state;
  });

const orders = (count: number, each: number): readonly string[] =>
  Array.from({ length: count * each }, (_, index) => `order_${index % count}`);

/** As told, for one order; others are received. */
const refusing =
  (orderId: string, how: Answering): Answering =>
  (response, received) =>
    (orderOf(received) === orderId ? how : answering(204))(response, received);

const isSignedWith = ({ body, headers }: Received, secret: string): boolean => {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
};

/** The first one of those that come from now on. */
const signedWith = (secret: string): Promise<Received> =>
  eventually(async () => {
    await atWork.append(['order_1']);
    const found = sink.received.find((each) => isSignedWith(each, secret));
    if (found === undefined) throw new Error('nothing is signed with it');
    return found;
  });

describe('deliveries', () => {
  it('bring every event once, in order for each order, and note how far they are', async () => {
    const positions = await atWork.append(orders(20, 30));
    const { endpoint, secret } = await atWork.create({ url: sink.url });
    await using _running = atWork.start();
    await reaches(endpoint, {
      cursor: upTo(positions.at(-1)),
      status: 'ACTIVE',
      lastFailure: null,
      nextAttemptAt: null,
    });
    expect(new Set(idsOf(sink.received)).size).toBe(600);
    expect(sink.received).toHaveLength(600);
    for (let nth = 0; nth < 20; nth += 1)
      expect(positionsOf(`order_${nth}`)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    for (const { body, headers } of sink.received) new Webhook(secret).verify(body, headers);
    const [more] = await atWork.append(['order_new']);
    await reaches(endpoint, { cursor: upTo(more) });
    expect(await atWork.endpoints.behind(endpoint)).toBe(0);
  });

  it('are of the wanted types alone, and pass over any number of others', async () => {
    await atWork.append(orders(10, 600), 'OrderCreated');
    const [wanted] = await atWork.append(['order_1']);
    await atWork.append(orders(10, 150), 'OrderCreated');
    const { endpoint } = await atWork.create({ url: sink.url, eventTypes: ['OrderConfirmed'] });
    expect(await atWork.endpoints.behind(endpoint)).toBe(1);
    await using _running = atWork.start();
    await eventually(async () => expect((await stateOf(endpoint)).cursor.get(0)).toBeGreaterThanOrEqual(wanted ?? 0n));
    expect(sink.received).toHaveLength(1);
    expect(await atWork.endpoints.behind(endpoint)).toBe(0);
  });

  it('begin where the endpoint is told to', async () => {
    const [, second = 0n] = await atWork.append(['order_1', 'order_2', 'order_3']);
    await atWork.create({ url: sink.url, after: upTo(second) });
    await using _running = atWork.start();
    await eventually(() => expect(sink.received.map(orderOf)).toEqual(['order_3']));
  });

  it('come again to an endpoint that fails, with the same id, until it takes them', async () => {
    sink.answer(answering(500));
    const positions = await atWork.append(['order_1', 'order_1']);
    const { endpoint } = await atWork.create({ url: sink.url });
    await using _running = atWork.start();
    const failing = await reaches(endpoint, { lastFailure: { status: 500 } });
    expect(failing.lastFailure?.reason).toBe(
      'answered 500 Internal Server Error; only 2xx says that an event was received.',
    );
    expect(failing.cursor.get(0) ?? 0n).toBeLessThan(positions[0] ?? 0n);
    await eventually(() => expect(sink.received.length).toBeGreaterThan(3));
    sink.answer(answering(200));
    await reaches(endpoint, { cursor: upTo(positions[1]), nextAttemptAt: null });
    expect(new Set(idsOf(sink.received)).size).toBe(2);
    const versions = sink.received.map(versionOf);
    expect(versions).toEqual(versions.toSorted((one, other) => one - other));
  });

  it('of one order that is refused hold up that order alone', async () => {
    sink.answer(refusing('order_3', answering(400)));
    const positions = await atWork.append(orders(10, 200));
    const { endpoint } = await atWork.create({ url: sink.url });
    await using _running = atWork.start({ giveUpMs: 60_000 });
    await eventually(() => {
      for (let nth = 0; nth < 10; nth += 1) expect(positionsOf(`order_${nth}`).at(-1)).toBe(nth === 3 ? 1 : 200);
    }, 20_000);
    await reaches(endpoint, { cursor: upTo((positions[3] ?? 0n) - 1n), status: 'ACTIVE' });
    sink.answer(answering(204));
    await reaches(endpoint, { cursor: upTo(positions.at(-1)) });
    expect(new Set(positionsOf('order_3')).size).toBe(200);
    expect(new Set(idsOf(sink.received)).size).toBe(2_000);
  });

  it('end for good where the endpoint answers 410, until it is resumed', async () => {
    sink.answer(answering(410));
    const [first = 0n] = await atWork.append(['order_1']);
    const { endpoint } = await atWork.create({ url: sink.url });
    await using _running = atWork.start();
    await reaches(endpoint, { status: 'DISABLED', lastFailure: { status: 410 } });
    sink.answer(answering(204));
    const count = sink.received.length;
    const [second] = await atWork.append(['order_1']);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(sink.received).toHaveLength(count);
    expect((await stateOf(endpoint)).cursor.get(0) ?? 0n).toBe(first - 1n);
    valueOf(await atWork.endpoints.resume(endpoint.id));
    await reaches(endpoint, { status: 'ACTIVE', cursor: upTo(second) });
  });

  it('that fail for too long pause the endpoint, whose owner sees why; resumed, nothing is lost', async () => {
    sink.answer(answering(503));
    const positions = await atWork.append(['order_1', 'order_2']);
    const { endpoint } = await atWork.create({ url: sink.url });
    await using _running = atWork.start({ giveUpMs: 300 });
    const paused = await reaches(endpoint, { status: 'PAUSED', lastFailure: { status: 503 }, nextAttemptAt: null });
    expect(paused.lastFailure?.reason).toMatch(/^answered 503 .* It has not taken this event for 0 days\.$/);
    sink.answer(answering(204));
    valueOf(await atWork.endpoints.resume(endpoint.id));
    await reaches(endpoint, { status: 'ACTIVE', cursor: upTo(positions[1]) });
  });

  it('do not forget over a restart since when an event fails', async () => {
    sink.answer(answering(503));
    await atWork.append(['order_1']);
    const { endpoint } = await atWork.create({ url: sink.url });
    {
      await using _first = atWork.start({ giveUpMs: 60_000 });
      await reaches(endpoint, { lastFailure: { status: 503 } });
    }
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    const before = sink.received.length;
    await using _second = atWork.start({ giveUpMs: 1_000, pauses: { firstMs: 20, maxMs: 20 } });
    await reaches(endpoint, { status: 'PAUSED' });
    expect(sink.received.length - before).toBe(1);
  });

  it('are sent again from any cursor, with the ids that they had', async () => {
    const positions = await atWork.append(['order_1', 'order_2', 'order_3']);
    const { endpoint } = await atWork.create({ url: sink.url });
    await using _running = atWork.start();
    await reaches(endpoint, { cursor: upTo(positions[2]) });
    const first = idsOf(sink.received);
    valueOf(await atWork.endpoints.redeliver(endpoint.id, upTo(positions[0])));
    await eventually(() => expect(sink.received).toHaveLength(5));
    expect(idsOf(sink.received).slice(3).toSorted()).toEqual(first.slice(1).toSorted());
    await reaches(endpoint, { cursor: upTo(positions[2]) });
  });

  it('go where the endpoint was moved, in the other format, and nowhere once it is deleted', async () => {
    await using other = await openSink();
    const { endpoint } = await atWork.create({ url: sink.url });
    await using _running = atWork.start();
    await atWork.append(['order_1']);
    await eventually(() => expect(sink.received).toHaveLength(1));
    valueOf(await atWork.endpoints.update(endpoint.id, { url: `${other.url}/new`, format: 'BINARY' }));
    await eventually(async () => {
      await atWork.append(['order_2']);
      expect(other.received.length).toBeGreaterThan(0);
    });
    // What was delivered to the place before is not delivered to the new one.
    expect(new Set(other.received.map(({ headers }) => headers['ce-subject']))).toEqual(new Set(['order_2']));
    valueOf(await atWork.endpoints.remove(endpoint.id));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await atWork.append(['order_3']);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect([...sink.received, ...other.received].filter(({ body }) => body.includes('order_3'))).toEqual([]);
    const { rowCount } = await atWork.database.pool.query('select from webhook.secret');
    expect(rowCount).toBe(0);
  });

  it('are signed with both secrets while they rotate', async () => {
    const { endpoint, secret: old } = await atWork.create({ url: sink.url });
    await using _running = atWork.start();
    const rotate = async (): Promise<string> => valueOf(await atWork.endpoints.rotateSecret(endpoint.id, 1)).secret;
    const young = await rotate();
    const withYoung = await signedWith(young);
    expect(isSignedWith(withYoung, old)).toBe(true);
    const third = await rotate();
    const withThird = await signedWith(third);
    expect([isSignedWith(withThird, young), isSignedWith(withThird, old)]).toEqual([true, false]);
  });
});
