import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { cartIds, journaled, outboxOf, requestOn, writeJournal } from '../../harness/support/journal.ts';
import { envelop, newId, PRODUCERS, STREAMS } from '../events/index.ts';
import { published, type RelayAtWork, relayAtWork } from './relay.fixture.ts';
import type { Relay } from './relay.ts';

let atWork: RelayAtWork;
let relay: Relay | undefined;
const WRITER = { producer: PRODUCERS.api, producerInstance: `${PRODUCERS.api}-1` };
/** More than a relay takes at once. */
const MANY = 600;

beforeAll(async () => {
  atWork = await relayAtWork();
  return () => atWork[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await atWork.redis.flushall();
  await sql`delete from write.publication`.execute(atWork.database.db);
  await sql`delete from write.outbox`.execute(atWork.database.db);
});
afterEach(async () => {
  await relay?.[Symbol.asyncDispose]();
  relay = undefined;
});

const append = async (cartId: string, count: number): Promise<readonly string[]> => {
  const request = requestOn(cartId, (await journaled(atWork, cartId)).length, { count });
  expect((await writeJournal(atWork).append(request)).type).toBe('Appended');
  return request.entries.map(({ envelope }) => envelope.eventId);
};

const appendOrders = async (count: number): Promise<void> => {
  const entries = Array.from({ length: count }, () => {
    const orderId = newId('Order');
    const event = { type: 'OrderConfirmed', data: { orderId } } as const;
    const place = { aggregateId: orderId, sequence: 1, version: 1, causationId: null, traceparent: null };
    return { envelope: envelop(WRITER, { event, ...place }, '').envelope, sequence: 1, received: false };
  });
  const heads = entries.map(({ envelope }) => ({ aggregateId: envelope.aggregateId, expectedSequence: 0 }));
  const request = {
    heads,
    entries,
    idempotency: null,
    schedule: [],
    unschedule: [],
    methods: { keep: [], forget: [] },
  };
  expect((await writeJournal(atWork).append(request)).type).toBe('Appended');
};

/** Sets when an event occurred, as nothing but an accident or an operator does. */
const setTime = (eventId: string, time: string) =>
  atWork.database.db.transaction().execute(async (tx) => {
    await sql`alter table write.journal disable trigger keep_forever`.execute(tx);
    await sql`update write.journal set occurred_at = ${time} where event_id = ${eventId}`.execute(tx);
    await sql`alter table write.journal enable trigger keep_forever`.execute(tx);
  });

const publishedIds = async () => (await published(atWork)).map(({ envelope }) => envelope.eventId);

describe('an event that cannot be read', () => {
  it('holds back the later ones of its aggregate and no others, and goes on in their order once repaired', async () => {
    const [spoilt = '', sound = ''] = cartIds(2);
    const [first = '', second = '', ...behind] = await append(spoilt, MANY);
    await setTime(second, 'infinity');
    const others = await append(sound, 3);
    relay = atWork.relay();
    await eventually(async () => expect(await outboxOf(atWork)).toBe(MANY - 1));
    expect(await publishedIds()).toEqual([first, ...others]);
    const later = await append(sound, 1);
    await eventually(async () => expect(await publishedIds()).toEqual([first, ...others, ...later]));
    await setTime(second, new Date().toISOString());
    await eventually(async () => expect(await outboxOf(atWork)).toBe(0));
    expect(await publishedIds()).toEqual([first, ...others, ...later, second, ...behind]);
  });
});

describe('a stream that cannot be written', () => {
  it('because its key holds something else does not hold up the others', async () => {
    const key = STREAMS.orders;
    await atWork.redis.rpush(key, 'not what it should be');
    await appendOrders(MANY);
    const [cart = ''] = cartIds(1);
    const before = await append(cart, 2);
    relay = atWork.relay();
    await eventually(async () => expect(await publishedIds()).toEqual(before));
    const after = await append(cart, 2);
    await eventually(async () => expect(await publishedIds()).toEqual([...before, ...after]));
    await eventually(async () => expect(await outboxOf(atWork)).toBe(MANY));
    await atWork.redis.del(key);
    await eventually(async () => expect(await outboxOf(atWork)).toBe(0));
    expect(await atWork.redis.xlen(STREAMS.orders)).toBe(MANY);
  });
});

const SPOILS = ['149', 'junk', ':x', `${'9'.repeat(25)}:1-0:`, `${'9'.repeat(17)}:1-0:`] as const;

describe('a mark that somebody replaced', () => {
  const mark = `{${STREAMS.orders}}:published:write`;
  const replaceBy = (what: string) =>
    what === 'a list' ? atWork.redis.multi().del(mark).rpush(mark, what).exec() : atWork.redis.set(mark, what);

  it.each([...SPOILS, 'a list'])('by %s holds up nothing, and is written anew', async (what) => {
    relay = atWork.relay();
    await appendOrders(2);
    await eventually(async () => expect(await outboxOf(atWork)).toBe(0));
    await replaceBy(what);
    const ids = await append(newId('Cart'), 2);
    await eventually(async () => expect(await publishedIds()).toEqual(ids));
    await appendOrders(1);
    await eventually(async () => expect(await outboxOf(atWork)).toBe(0));
    // What stood on the stream may be lost, for all that the mark says: it comes again.
    await eventually(async () => expect(await atWork.redis.xlen(STREAMS.orders)).toBe(5));
    expect(await atWork.redis.get(mark)).toMatch(/^[1-9]\d{0,17}:\d+-\d+:/);
  });

  it('is written anew by a relay that begins', async () => {
    await atWork.redis.rpush(mark, 'no mark');
    await appendOrders(1);
    relay = atWork.relay();
    await eventually(async () => expect(await outboxOf(atWork)).toBe(0));
  });
});
