import type { JournalName } from '../../../src/database/index.ts';
import { encodeEntry } from '../../../src/events/index.ts';
import { type FoundMark, isSameMark, type MarkedStreams, NO_MARK } from '../../../src/relay/index.ts';
import type { BusConnection } from './bus-connection.ts';

/** What a relay adds to on the simulated bus: entries and mark go together, at one moment. */
export const memoryMarkedStreams = (connection: BusConnection, journal: JournalName): MarkedStreams => {
  const { bus } = connection;
  const markOf = (stream: string): FoundMark => bus.marks.get(`${stream} ${journal}`) ?? NO_MARK;
  return {
    add: ({ stream, after, envelopes }) =>
      connection.command(`${journal} add ${stream} after ${after.number}`, () => {
        const found = markOf(stream);
        if (!isSameMark(found, after)) return { type: 'Refused', found } as const;
        const ids = envelopes.map((envelope) => bus.add(stream, encodeEntry(envelope)));
        const mark = { number: after.number + 1n, lastEntryId: ids.at(-1) ?? '', previousEntryId: after.lastEntryId };
        bus.marks.set(`${stream} ${journal}`, mark);
        return { type: 'Added', mark } as const;
      }),
    readMarks: (streams) =>
      connection.command(`${journal} read marks`, () => new Map(streams.map((stream) => [stream, markOf(stream)]))),
  };
};
