import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/index.ts';
import { UPKEEP } from './announcement.ts';
import { Feed } from './feed.ts';
import { Watches } from './watches.ts';

// Nothing is asked of it: what is announced is told without a question.
const database = openDatabase({ url: 'postgres://127.0.0.1:1/none', name: 'feed test', maxConnections: 1 });
afterAll(() => database[Symbol.asyncDispose]());

const isWoken = (next: Promise<void>): Promise<boolean> =>
  Promise.race([next.then(() => true), new Promise<boolean>((resolve) => setImmediate(resolve, false))]);

describe('the announcement of a run of upkeep', () => {
  it('wakes who watches that run, and nobody who waits for events', async () => {
    const watches = new Watches();
    const feed = new Feed(database.db, watches);
    using run = watches.watch([{ kind: UPKEEP, id: 'run_1' }]);
    using other = watches.watch([{ kind: UPKEEP, id: 'run_2' }]);
    using events = watches.watch([{ kind: 'Events' }]);
    const waiting = [run.next(), other.next(), events.next()];
    feed.receive({ advances: [], part: 1, parts: 1, changes: { [UPKEEP]: ['run_1'] } });
    expect(await Promise.all(waiting.map(isWoken))).toEqual([true, false, false]);
  });
});
