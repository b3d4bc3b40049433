import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { openSink, type Sink } from '../../harness/webhooks/sink.ts';
import { type WebhooksAtWork, webhooksAtWork } from './webhooks.fixture.ts';
import { beat, claim } from './worker-store.ts';

let atWork: WebhooksAtWork;
let sink: Sink;
beforeEach(async () => {
  [atWork, sink] = [await webhooksAtWork(), await openSink()];
});
afterEach(async () => {
  await atWork[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

/** How many endpoints each worker leads. */
const shares = async (): Promise<readonly number[]> => {
  const { rows } = await atWork.database.pool.query<{ count: number }>(
    `select count(*)::integer as count from webhook.endpoint join webhook.worker on worker.id = leader
     where alive_until > now() group by leader order by 1`,
  );
  return rows.map(({ count }) => count);
};

const createMany = async (count: number): Promise<void> => {
  for (let nth = 0; nth < count; nth += 1) await atWork.create({ url: `${sink.url}/${nth}` });
};

/** A lease as long as in earnest: a machine that is busy must not end it. */
const start = (): AsyncDisposable => atWork.start({ leaseMs: 10_000 });

const idsAt = (path: string) =>
  sink.received.filter((each) => each.path === path).map(({ headers }) => headers['webhook-id']);

describe('workers', () => {
  it('share the endpoints, and take over what one leaves', async () => {
    await createMany(6);
    await using _first = atWork.start();
    await eventually(async () => expect(await shares()).toEqual([6]));
    {
      await using _second = atWork.start();
      await eventually(async () => expect(await shares()).toEqual([3, 3]));
      await using _third = atWork.start();
      await eventually(async () => expect(await shares()).toEqual([2, 2, 2]));
    }
    await eventually(async () => expect(await shares()).toEqual([6]));
  });

  it('take over from one that died, not before its lease has run out, and nothing is lost', async () => {
    await createMany(2);
    const { db } = atWork.database;
    await beat(db, 'worker_dead', 1_000);
    const ids = (await atWork.endpoints.all()).map(({ id }) => id);
    expect(await claim(db, 'worker_dead', ids)).toHaveLength(2);
    await using _running = atWork.start();
    await atWork.append(['order_1']);
    expect(await claim(db, 'worker_other', ids)).toEqual([]);
    await eventually(() => expect(sink.received.map(({ path }) => path).toSorted()).toEqual(['/0', '/1']));
  });

  it('bring each event once while they come and go, in order for each order', async () => {
    await createMany(4);
    const begun = [start()];
    for (let round = 0; round < 6; round += 1) {
      await atWork.append(Array.from({ length: 200 }, (_, nth) => `order_${nth % 7}`));
      if (round % 2 === 0) begun.push(start());
      else await begun.shift()?.[Symbol.asyncDispose]();
    }
    await eventually(() => {
      for (let nth = 0; nth < 4; nth += 1) expect(new Set(idsAt(`/${nth}`)).size).toBe(1_200);
    }, 20_000);
    for (let nth = 0; nth < 4; nth += 1) expect(idsAt(`/${nth}`)).toHaveLength(1_200);
    const seen = new Map<string, number>();
    for (const { path, body } of sink.received) {
      const { subject, aggregateversion } = JSON.parse(body) as {
        readonly subject: string;
        readonly aggregateversion: number;
      };
      const key = `${path} ${subject}`;
      expect(aggregateversion).toBe((seen.get(key) ?? 0) + 1);
      seen.set(key, aggregateversion);
    }
  });
});
