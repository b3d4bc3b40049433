import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { type HandStored, HandWriters } from '../../harness/support/partitioned-store.ts';
import { answering, openSink, type Received, type Sink } from '../../harness/webhooks/sink.ts';
import { NO_POSITIONS, type Positions } from '../events/index.ts';
import { headPositions } from '../projection/index.ts';
import { type WebhooksAtWork, webhooksAtWork } from './webhooks.fixture.ts';

let atWork: WebhooksAtWork;
let sink: Sink;
let writers: HandWriters;
beforeEach(async () => {
  [atWork, sink] = [await webhooksAtWork(), await openSink()];
  writers = new HandWriters(atWork.database.pool);
  await writers.divide(4);
});
afterEach(async () => {
  await writers[Symbol.asyncDispose]();
  await atWork[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

const confirmed = (partition: number, nth: number): HandStored => ({
  eventId: `event_${partition}_${nth}`,
  aggregateId: `order_${partition}`,
  partition,
  causationId: null,
  type: 'OrderConfirmed',
});

const store = async (partition: number, from: number, count: number): Promise<void> =>
  writers.store(
    partition,
    Array.from({ length: count }, (_, nth) => confirmed(partition, from + nth)),
  );

const idOf = ({ headers }: Received): string => headers['webhook-id'] ?? '';
const told = (): readonly string[] => [...new Set(sink.received.map(idOf))].toSorted();

/** Of the first two partitions. */
const others = (cursor: Positions) => [0, 1].map((partition) => cursor.get(partition));

const cursorOf = async (id: string): Promise<Positions> => (await atWork.endpoints.find(id))?.cursor ?? NO_POSITIONS;

describe('deliveries of several partitions', () => {
  it('leave nothing out that becomes visible late, and note how far they are in each', async () => {
    const { endpoint } = await atWork.create({ url: sink.url });
    await store(3, 0, 5);
    for (const partition of [0, 1, 2]) await store(partition, 0, 5);
    for (const partition of [0, 1, 2]) await writers.commit(partition);
    expect(await atWork.endpoints.behind(endpoint)).toBe(15);
    await using _running = atWork.start();
    await eventually(() => expect(told()).toHaveLength(15));
    await eventually(async () => expect(new Set((await cursorOf(endpoint.id)).keys())).toEqual(new Set([0, 1, 2])));
    await writers.commit(3);
    await atWork.append([]);
    await eventually(() => expect(told()).toHaveLength(20));
    const heads = await headPositions(atWork.database.db);
    await eventually(async () => expect(await cursorOf(endpoint.id)).toEqual(heads));
    expect(sink.received).toHaveLength(20);
    expect(await atWork.endpoints.behind(endpoint)).toBe(0);
  });

  it('owe what one partition refuses, over a restart, and go on in the others', async () => {
    sink.answer((response, received) =>
      answering(idOf(received).startsWith('event_2_') ? 400 : 204)(response, received),
    );
    for (const partition of [0, 1, 2]) await store(partition, 0, 40);
    await writers.commitAll();
    const heads = await headPositions(atWork.database.db);
    const { endpoint } = await atWork.create({ url: sink.url });
    {
      await using _first = atWork.start({ giveUpMs: 60_000 });
      await eventually(async () => expect(others(await cursorOf(endpoint.id))).toEqual(others(heads)));
      expect((await cursorOf(endpoint.id)).get(2) ?? 0n).toBeLessThan(heads.get(2) ?? 0n);
    }
    sink.answer(answering(204));
    const before = sink.received.length;
    await using _second = atWork.start();
    await eventually(async () => expect(await cursorOf(endpoint.id)).toEqual(heads));
    const again = sink.received.slice(before).map(idOf);
    expect(new Set(again)).toEqual(new Set(Array.from({ length: 40 }, (_, nth) => `event_2_${nth}`)));
    expect(again).toHaveLength(40);
  });

  it('begin behind a cursor of each partition', async () => {
    for (const partition of [0, 1]) await store(partition, 0, 3);
    await writers.commitAll();
    const after = await headPositions(atWork.database.db);
    for (const partition of [0, 1, 2]) await store(partition, 3, 2);
    await writers.commitAll();
    const { endpoint } = await atWork.create({ url: sink.url, after });
    expect(await atWork.endpoints.behind(endpoint)).toBe(6);
    await using _running = atWork.start();
    const later = [0, 1, 2].flatMap((partition) => [3, 4].map((nth) => `event_${partition}_${nth}`));
    await eventually(() => expect(told()).toEqual(later));
  });
});
