import type { Envelope } from '../../../src/events/index.ts';
import type { OwnEvent, SweepStore } from '../../../src/relay/index.ts';
import type { Connection } from './connection.ts';
import type { JournalRow, MemoryJournal } from './journal.ts';
import { PUBLISHED_AT_ONCE } from './outbox.ts';

interface AskedGroup {
  readonly journal: MemoryJournal;
  readonly group: string;
  readonly undelivered: (events: readonly Envelope[]) => Promise<readonly string[]>;
}

const ownEventOf = ({ position, envelope }: JournalRow): OwnEvent => ({ position: BigInt(position), envelope });

/** A journal of the simulated database, and what a consumer group lacks of it. */
export const memorySweepStore = (connection: Connection, { journal, group, undelivered }: AskedGroup): SweepStore => {
  const query = <T>(label: string, effect: () => T): Promise<T> =>
    connection.query(`${journal.name} sweep ${label}`, effect);
  const nowMs = (): number => connection.database.now().getTime();
  const isOlder = ({ envelope }: JournalRow, minAgeMs: number): boolean =>
    Date.parse(envelope.occurredAt) <= nowMs() - minAgeMs;
  const lacking = async (events: readonly OwnEvent[]): Promise<readonly OwnEvent[]> => {
    const ids = new Set(await undelivered(events.map(({ envelope }) => envelope)));
    return events.filter(({ envelope }) => ids.has(envelope.eventId));
  };
  const checkpoint = (): bigint => journal.checkpoints.get(group) ?? 0n;
  return {
    checkpoint: () => query('checkpoint', checkpoint),
    advance: (position) =>
      query('advance', () => {
        if (position > checkpoint()) journal.checkpoints.set(group, position);
      }),
    isBacklogged: () => query('backlog', () => journal.outbox.committed.size > PUBLISHED_AT_ONCE),
    look: async ({ after, minAgeMs, limit }) => {
      const next = () => journal.ownRowsAfter(Number(after)).slice(0, limit);
      const last = await query('reach', () => next().findLast((row) => isOlder(row, minAgeMs)));
      if (last === undefined) return { upTo: null, lacking: [] };
      const rows = await query('own events', () => next().filter(({ position }) => position <= last.position));
      return { upTo: BigInt(last.position), lacking: await lacking(rows.map(ownEventOf)) };
    },
    stillLacking: lacking,
    publishAgain: ({ positions, unlessWithinMs }) =>
      query('publish again', () => {
        const recent = journal.publishedAfter(nowMs() - unlessWithinMs);
        const lost = positions.map(String).filter((position) => !recent.has(position));
        return journal.queueAgain(lost).size;
      }),
  };
};
