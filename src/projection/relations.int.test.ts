import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HandWriters } from '../../harness/support/partitioned-store.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import { type Db, migrate, openDatabase } from '../database/index.ts';
import type { Placed, Stretch } from './lanes.ts';
import { relationsOf } from './relations.ts';

/** A cause stands here, in partition 2. */
const HIGH = 1_000_000n;

const effect = (eventId: string) => ({ eventId, aggregateId: eventId, partition: 1, causationId: 'cause', type: 'T' });

const opened = new AsyncDisposableStack();
let db: Db;
beforeAll(async () => {
  const { url } = opened.use(await testDatabase());
  const { pool, ...database } = opened.use(openDatabase({ url, name: 'relations test', maxConnections: 2 }));
  await migrate(database.db);
  db = database.db;
  const writers = opened.use(new HandWriters(pool));
  await writers.divide(4);
  // Three effects that were stored before their cause: the first by far.
  for (const [eventId, at] of [
    ['far', 500n],
    ['near', HIGH - 200n],
    ['read', HIGH - 100n],
  ] as const) {
    await pool.query(`select setval(pg_get_serial_sequence('audit.event_store', 'position'), $1, false)`, [String(at)]);
    await writers.store(1, [effect(eventId)]);
  }
  await writers.commitAll();
});
afterAll(() => opened.disposeAsync());

const stretch = (partition: number, position: bigint, eventId: string): Stretch<Placed> => {
  const envelope = { eventId, aggregateId: eventId, causationId: eventId === 'cause' ? null : 'cause' };
  return { partition, events: [{ partition, position, envelope }], readTo: position, goesOn: true };
};

describe('what is read backward', () => {
  it('waits for effects that were not read where the walk ends, and looks through no more than lies just below', async () => {
    const stretches = [stretch(2, HIGH, 'cause'), stretch(1, HIGH - 100n, 'read'), stretch(3, 10n, 'old')];
    const relations = await relationsOf(db, stretches, 'Backward');
    const later = relations.map(({ later: { position } }) => position);
    expect(later).toContain(HIGH - 100n);
    expect(later).toContain(HIGH - 200n);
    expect(later).not.toContain(500n);
  });
});
