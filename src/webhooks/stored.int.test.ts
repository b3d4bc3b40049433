import type { ClientBase } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { openSink, type Sink } from '../../harness/webhooks/sink.ts';
import { NO_POSITIONS, type Positions } from '../events/index.ts';
import { headPositions } from '../projection/index.ts';
import { bringBackEndpoints } from './stored.ts';
import { store, upTo, type WebhooksAtWork, webhooksAtWork } from './webhooks.fixture.ts';

let atWork: WebhooksAtWork;
let sink: Sink;
beforeEach(async () => {
  [atWork, sink] = [await webhooksAtWork(), await openSink()];
});
afterEach(async () => {
  await atWork[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

const told = (): readonly unknown[] =>
  sink.received.map(({ body }) => (JSON.parse(body) as { data: { order_id: string } }).data.order_id);

const cursorOf = async (id: string): Promise<Positions> => (await atWork.endpoints.find(id))?.cursor ?? NO_POSITIONS;

const leaders = async (): Promise<number> => {
  const { rows } = await atWork.database.pool.query(
    'select from webhook.endpoint join webhook.worker as worker on worker.id = leader',
  );
  return rows.length;
};

const aliveUntil = async (): Promise<string> => {
  const { rows } = await atWork.database.pool.query<{ until: string }>(
    'select alive_until::text as until from webhook.worker',
  );
  return rows[0]?.until ?? '';
};

/** The event store, as it is now: each look comes between two beats. */
const untilLookedAt = async (): Promise<void> => {
  for (let beats = 0; beats < 2; beats += 1) {
    const before = await aliveUntil();
    await eventually(async () => expect(await aliveUntil()).not.toBe(before));
  }
};

/** What was stored last is gone, and its positions are given out again. */
const loseEnd = async (count: number, by: Pick<ClientBase, 'query'> = atWork.database.pool): Promise<void> => {
  await by.query(`
    alter table audit.event_store disable trigger user;
    delete from audit.event_store where position in (select position from audit.event_store order by position desc limit ${count});
    alter table audit.event_store enable trigger user;
    select setval(pg_get_serial_sequence('audit.event_store', 'position'), (select max(position) from audit.event_store))`);
};

/** All four were delivered; the last three are gone. Answers with the endpoint's id. */
const openScene = async (): Promise<string> => {
  await atWork.append(['order_1', 'order_2', 'order_3', 'order_4']);
  const { endpoint } = await atWork.create({ url: sink.url });
  {
    await using _before = atWork.start();
    await eventually(() => expect(sink.received).toHaveLength(4));
    await eventually(async () => expect(await atWork.endpoints.behind(endpoint)).toBe(0));
  }
  await loseEnd(3);
  return endpoint.id;
};

describe('an event store that lost its end', () => {
  it('hides nothing that comes in its place from an endpoint that is taken up', async () => {
    await openScene();
    await using _running = atWork.start();
    await eventually(async () => expect(await leaders()).toBe(1));
    await atWork.append(['order_5', 'order_6']);
    await eventually(() => expect(told().slice(4)).toEqual(['order_5', 'order_6']));
  });

  it('hides nothing from endpoints that are brought back, though it has grown beyond where they stood', async () => {
    const id = await openScene();
    const stored = await headPositions(atWork.database.db);
    expect(await bringBackEndpoints(atWork.database.db, stored)).toBe(1);
    expect(await cursorOf(id)).toEqual(stored);
    expect(await bringBackEndpoints(atWork.database.db, stored)).toBe(0);
    const placed = ['order_5', 'order_6', 'order_7', 'order_8', 'order_9'];
    await atWork.append(placed);
    await using _running = atWork.start();
    await eventually(() => expect(told().slice(4)).toEqual(placed));
  });

  it('hides nothing from an endpoint that is led meanwhile, though it has grown beyond where that one stood', async () => {
    const { pool } = atWork.database;
    await atWork.append(['order_1']);
    const { endpoint } = await atWork.create({ url: sink.url });
    await using _running = atWork.start();
    await eventually(async () => expect(await atWork.endpoints.behind(endpoint)).toBe(0));
    await atWork.append(['order_2', 'order_3', 'order_4']);
    await eventually(async () => expect(await atWork.endpoints.behind(endpoint)).toBe(0));
    await untilLookedAt();
    const placed = ['order_5', 'order_6', 'order_7', 'order_8', 'order_9'];
    // At once, so that nobody sees the store while it is shorter.
    const client = await pool.connect();
    await client.query('begin');
    await loseEnd(3, client);
    await store(client, placed);
    await client.query('commit');
    client.release();
    await eventually(() => expect(told()).toEqual(expect.arrayContaining(placed)));
  });

  it('owes nothing that is no longer there', async () => {
    const { db, pool } = atWork.database;
    const [first = 0n] = await atWork.append(['order_1', 'order_2', 'order_3']);
    const { endpoint } = await atWork.create({ url: sink.url, after: upTo(first + 2n) });
    const owed = [first, first + 2n].map((position) => ({ position: String(position), attempts: 1, since: null }));
    await pool.query('update webhook.endpoint set owed = $1', [JSON.stringify(owed)]);
    await loseEnd(1);
    await bringBackEndpoints(db, await headPositions(db));
    const { rows } = await pool.query('select owed, head::text from webhook.endpoint where id = $1', [endpoint.id]);
    expect(rows).toEqual([{ owed: [owed[0]], head: String(first + 1n) }]);
  });
});
