import { type FoundMark, isSameMark, type Mark, NO_MARK, type OutboxSession } from '../../../src/relay/index.ts';
import type { Connection } from './connection.ts';
import type { MemoryJournal } from './journal.ts';
import { connectionFailure } from './transaction.ts';

/** How many events a simulated relay takes from the outbox at once. */
export const PUBLISHED_AT_ONCE = 8;

/** A session of a relay: the lead ends with it, and it ends with its process. */
export const openMemoryOutbox = async (connection: Connection, journal: MemoryJournal): Promise<OutboxSession> => {
  const session = { isOpen: true };
  const end = (): void => {
    session.isOpen = false;
    if (journal.leader === session) journal.leader = null;
  };
  let before: Promise<unknown> = Promise.resolve();
  const query = <T>(label: string, effect: () => T): Promise<T> => {
    const ask = () =>
      connection.query(`${journal.name} ${label}`, () => {
        if (!session.isOpen) throw connectionFailure();
        return effect();
      });
    const answer = before.then(ask, ask);
    before = answer;
    return answer;
  };
  connection.atLoss(end);
  await query('connect', () => {});
  return {
    tryToLead: () => query('try to lead', () => (journal.leader ??= session) === session),
    lastMarks: () => query('last marks', () => lastMarks(journal)),
    nextQueued: (withheld) =>
      query('next queued', () => ({
        queued: journal
          .nextQueued(PUBLISHED_AT_ONCE, withheld)
          .map(({ position, envelope }) => ({ position: String(position), envelope })),
        unreadable: [],
      })),
    confirm: async (publications) => {
      if (publications.length === 0) return;
      await query('confirm', () => {
        const publishedAtMs = connection.database.now().getTime();
        journal.confirm(publications.map((publication) => ({ ...publication, publishedAtMs })));
      });
    },
    restoreLost: (stream, found) => query('restore', () => restoreLost(journal, stream, found)),
    [Symbol.asyncDispose]: async () => end(),
  };
};

const restoreLost = (journal: MemoryJournal, stream: string, found: FoundMark): number => {
  const { committed } = journal.publications;
  const all = [...committed].filter(([, publication]) => publication.stream === stream);
  const previous: Mark = { number: found.number - 1n, lastEntryId: found.previousEntryId };
  const known = all.find(([, each]) => isSameMark(each, found)) ?? all.find(([, each]) => isSameMark(each, previous));
  const lost = all.filter(([, { number }]) => number > (known?.[1].number ?? 0n));
  for (const [key] of lost) committed.delete(key);
  const positions = new Set(lost.flatMap(([, publication]) => publication.positions));
  return journal.queueAgain(positions).size;
};

export const lastMarks = ({ publications }: MemoryJournal): Map<string, Mark> => {
  const marks = new Map<string, Mark>();
  for (const { stream, number, lastEntryId } of publications.committed.values()) {
    if (number > (marks.get(stream) ?? NO_MARK).number) marks.set(stream, { number, lastEntryId });
  }
  return marks;
};
