import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { cartIds, outboxOf, requestOn, type WriteJournal, writeJournal } from '../../harness/support/journal.ts';
import { onOneServer } from '../../harness/support/one-server.ts';
import { newId, partitionKey, STREAMS } from '../events/index.ts';
import { type JanitorOptions, tidy } from './janitor.ts';
import { markKey } from './redis-marked-streams.ts';
import { logger, type RelayAtWork, relayAtWork } from './relay.fixture.ts';
import type { Relay } from './relay.ts';

const GROUPS = ['one', 'two'] as const;

let atWork: RelayAtWork;
let journal: WriteJournal;
let relay: Relay;

beforeAll(async () => {
  atWork = await relayAtWork();
  journal = writeJournal(atWork);
  return () => atWork[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await atWork.redis.flushall();
  await sql`delete from write.publication`.execute(atWork.database.db);
  relay = atWork.relay();
});
afterEach(() => relay[Symbol.asyncDispose]());

const tidyUp = (given: Partial<JanitorOptions> = {}) =>
  tidy({
    journals: onOneServer(atWork.database.db),
    redis: atWork.redis,
    logger,
    groups: () => new Map([[STREAMS.carts, GROUPS]]),
    retention: 1_000,
    idempotencyTtlHours: 48,
    ...given,
  });

/** Makes so many publications of one event each. */
const publish = async (count: number) => {
  for (const id of cartIds(count)) {
    await journal.append(requestOn(id, 0));
    await eventually(async () => expect(await outboxOf(atWork)).toBe(0));
  }
};

const makeGroups = async () => {
  for (const group of GROUPS) await atWork.redis.xgroup('CREATE', STREAMS.carts, group, '0', 'MKSTREAM');
};

const read = async (group: string, count: number) => {
  const options = ['COUNT', count, 'STREAMS', STREAMS.carts, '>'] as const;
  await atWork.redis.xreadgroup('GROUP', group, 'me', ...options);
};

const handle = async (group: string, count: number) => {
  await read(group, count);
  const rows = (await atWork.redis.xpending(STREAMS.carts, group, '-', '+', count)) as [string][];
  await atWork.redis.xack(STREAMS.carts, group, ...rows.map(([id]) => id));
};

const remembered = async (): Promise<readonly number[]> => {
  const query = atWork.database.db.selectFrom('write.publication').select('number').orderBy('number');
  return (await query.execute()).map(({ number }) => Number(number));
};

describe('a publication', () => {
  it('is remembered until every group has handled it', async () => {
    await makeGroups();
    await publish(4);
    await handle('one', 4);
    await tidyUp();
    expect(await remembered()).toEqual([1, 2, 3, 4]);
    await handle('two', 2);
    await tidyUp();
    expect(await remembered()).toEqual([3, 4]);
    await read('two', 2);
    await tidyUp();
    expect(await remembered()).toEqual([3, 4]);
  });

  it('is remembered as the newest, for its number', async () => {
    await makeGroups();
    await publish(3);
    for (const group of GROUPS) await handle(group, 3);
    await tidyUp();
    expect(await remembered()).toEqual([3]);
  });

  it('is remembered while a group is missing', async () => {
    await makeGroups();
    await publish(3);
    for (const group of GROUPS) await handle(group, 3);
    await atWork.redis.xgroup('DESTROY', STREAMS.carts, 'two');
    await tidyUp();
    expect(await remembered()).toEqual([1, 2, 3]);
  });

  it('is remembered while Redis knows less than PostgreSQL', async () => {
    await makeGroups();
    await publish(3);
    for (const group of GROUPS) await handle(group, 3);
    await relay[Symbol.asyncDispose]();
    await atWork.redis.set(markKey('write', STREAMS.carts), '2');
    await tidyUp();
    await atWork.redis.del(markKey('write', STREAMS.carts));
    await tidyUp();
    expect(await remembered()).toEqual([1, 2, 3]);
  });

  it('is forgotten with any number of others, after a group was away for long', async () => {
    await makeGroups();
    await publish(2);
    for (const group of GROUPS) await handle(group, 2);
    await sql`
      insert into write.publication (stream, number, positions, last_entry_id)
      select ${STREAMS.carts}, -nth, '{}', '0-1' from generate_series(1, 70000) as nth`.execute(atWork.database.db);
    await tidyUp();
    expect(await remembered()).toEqual([2]);
  });

  it('that was forgotten is not published again after a loss, the others are', async () => {
    await makeGroups();
    await publish(4);
    await handle('one', 4);
    await handle('two', 2);
    await tidyUp();
    await atWork.redis.flushall();
    await eventually(async () => expect(await atWork.redis.xlen(STREAMS.carts)).toBe(2));
  });
});

describe('a partition', () => {
  it('is trimmed to its share of what its stream may have', async () => {
    const partitions = [0, 1, 2, 3].map((nth) => partitionKey(STREAMS.carts, nth));
    for (const key of [STREAMS.carts, ...partitions]) {
      for (let nth = 1; nth <= 40; nth += 1) await atWork.redis.xadd(key, `${nth}-0`, 'a', 'b');
      for (const group of GROUPS) await atWork.redis.xgroup('CREATE', key, group, '$');
    }
    await tidyUp({ retention: 100, groups: () => new Map([STREAMS.carts, ...partitions].map((key) => [key, GROUPS])) });
    const lengths = [STREAMS.carts, ...partitions].map((key) => atWork.redis.xlen(key));
    expect(await Promise.all(lengths)).toEqual([40, 0, 0, 0, 0]);
  });
});

describe('an idempotency key', () => {
  it('is kept for its time, by the clock of the database', async () => {
    const { db } = atWork.database;
    const keys = [newId('Event'), newId('Event')];
    for (const [nth, id] of cartIds(2).entries()) {
      await journal.append(requestOn(id, 0, { idempotency: { key: keys[nth] ?? '', requestHash: '', result: {} } }));
    }
    await sql`update write.idempotency set recorded_at = now() - interval '49 hours' where key = ${keys[0]}`.execute(
      db,
    );
    await sql`update write.idempotency set recorded_at = now() - interval '47 hours' where key = ${keys[1]}`.execute(
      db,
    );
    await tidyUp();
    const kept = await db.selectFrom('write.idempotency').select('key').execute();
    expect(kept).toEqual([{ key: keys[1] }]);
  });
});

describe('idempotency keys', () => {
  it('end with their time, however many they are', async () => {
    const { db } = atWork.database;
    await sql`
      insert into write.idempotency (key, request_hash, result, recorded_at)
      select 'old-' || nth, '', '{}', now() - interval '50 hours' from generate_series(1, 20001) as nth`.execute(db);
    await tidyUp();
    const old = db.selectFrom('write.idempotency').select('key').where('key', 'like', 'old-%');
    expect(await old.execute()).toEqual([]);
  });
});

describe('a group of nobody', () => {
  it('is told of once, with the stream that it keeps from being trimmed', async () => {
    const lines: string[] = [];
    const listening = pino({ level: 'warn' }, { write: (line) => void lines.push(line) });
    await makeGroups();
    await atWork.redis.xgroup('CREATE', STREAMS.carts, 'nobody', '0');
    await publish(3);
    const given = { logger: listening, retention: 1, told: new Set<string>() };
    await tidyUp(given);
    expect(lines).toEqual([]);
    for (const group of GROUPS) await handle(group, 3);
    await tidyUp(given);
    await tidyUp(given);
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({
        stream: STREAMS.carts,
        group: 'nobody',
        msg: expect.stringContaining('XGROUP DESTROY') as string,
      }),
    ]);
  });
});
