import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../harness/support/servers.ts';
import { migrate, openDatabase } from '../database/index.ts';
import { STREAMS } from '../events/index.ts';
import { keepDeadLetter, withoutDeadLetters } from './dead-letters.ts';

describe('events that became dead letters', () => {
  it('are left out for the group that could not handle them, and for no other', async () => {
    await using server = await testDatabase();
    await using database = openDatabase({ url: server.url, name: 'dead letters test', maxConnections: 2 });
    const { db } = database;
    await migrate(db);
    const entry = { stream: STREAMS.orders, id: '1-0', fields: ['event_type', 'event_2', 'event_id', 'event_1'] };
    await keepDeadLetter(db, { group: 'one', entry, error: new Error('no'), deliveries: 8 });
    expect(await withoutDeadLetters(db, 'one', ['event_1', 'event_2'])).toEqual(['event_2']);
    expect(await withoutDeadLetters(db, 'other', ['event_1', 'event_2'])).toEqual(['event_1', 'event_2']);
    await db.updateTable('bus.dead_letter').set({ state: 'RETRIED' }).execute();
    expect(await withoutDeadLetters(db, 'one', ['event_1'])).toEqual(['event_1']);
    await keepDeadLetter(db, { group: 'one', entry: { ...entry, id: '2-0' }, error: new Error('no'), deliveries: 8 });
    expect(await withoutDeadLetters(db, 'one', ['event_1'])).toEqual([]);
  });
});
