import type { SweepStore } from '../../src/relay/index.ts';
import type { Connection } from './connection.ts';
import type { JournalRow, MemoryJournal } from './journal.ts';
import { PUBLISHED_AT_ONCE } from './outbox.ts';

/** A journal of the simulated database, as the sweep for a consumer group sees it. */
export const memorySweepStore = (connection: Connection, journal: MemoryJournal, group: string): SweepStore => {
  const query = <T>(label: string, effect: () => T): Promise<T> =>
    connection.query(`${journal.name} sweep ${label}`, effect);
  const nowMs = (): number => connection.database.now().getTime();
  const isOlder = ({ envelope }: JournalRow, minAgeMs: number): boolean =>
    Date.parse(envelope.occurredAt) <= nowMs() - minAgeMs;
  const checkpoint = (): bigint => journal.checkpoints.get(group) ?? 0n;
  return {
    checkpoint: () => query('checkpoint', checkpoint),
    advance: (position) =>
      query('advance', () => {
        if (position > checkpoint()) journal.checkpoints.set(group, position);
      }),
    isBacklogged: () => query('backlog', () => journal.outbox.committed.size > PUBLISHED_AT_ONCE),
    ownEventsAfter: ({ after, minAgeMs, limit }) =>
      query('own events', () => {
        const rows = journal.ownRowsAfter(Number(after)).slice(0, limit);
        const young = rows.findIndex((row) => !isOlder(row, minAgeMs));
        const old = young < 0 ? rows : rows.slice(0, young);
        return old.map(({ position, envelope }) => ({ ...envelope, position: BigInt(position) }));
      }),
    countOwnEvents: ({ after, upTo, minAgeMs }) =>
      query('count', () => {
        const rows = journal.ownRowsAfter(Number(after)).filter(({ position }) => BigInt(position) <= upTo);
        return rows.every((row) => isOlder(row, minAgeMs)) ? rows.length : null;
      }),
    publishAgain: ({ positions, unlessWithinMs }) =>
      query('publish again', () => {
        const recent = journal.publishedAfter(nowMs() - unlessWithinMs);
        const lost = positions.map(String).filter((position) => !recent.has(position));
        return new Set([...journal.queueAgain(lost)].map(BigInt));
      }),
  };
};
