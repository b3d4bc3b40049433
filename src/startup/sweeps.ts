import { AUDIT_GROUP, AUDIT_STREAMS, lackedByStore } from '../audit/index.ts';
import { isGroupBehind, withoutDeadLetters } from '../bus/index.ts';
import type { Db, JournalName } from '../database/index.ts';
import { type Stream, streamKeys } from '../events/index.ts';
import { type Logger, systemClock } from '../platform/index.ts';
import { type AskedGroup, postgresSweepStore, Sweep, startSweeper } from '../relay/index.ts';
import { SAGA_GROUP, SAGA_MAY_LACK, SAGA_STREAMS, type Saga } from '../saga/index.ts';
import { lackedByWrite, WRITE_GROUP, WRITE_MAY_LACK, WRITE_STREAMS } from '../write/index.ts';
import type { Stores } from './stores.ts';

export interface SweepOptions {
  readonly stores: Stores;
  readonly logger: Logger;
  readonly saga: Pick<Saga, 'undelivered'>;
  /** Whether the relay of a journal that leads is of this process. */
  readonly leads: (journal: JournalName) => boolean;
  /** From its publication until an event that a group lacks counts as lost. */
  readonly afterMs: number;
}

/** A group that has to have the own events of a journal. The service that writes it knows them without receiving them. */
interface Reader extends AskedGroup {
  readonly streams: readonly Stream[];
}

/** A statement and a pause each have a time limit: a transaction that is older than this has ended. */
const SETTLED_MS = 120_000;
const ROUNDS_IN_TIME = 3;

const all: Reader['undelivered'] = async (events) => events.map(({ eventId }) => eventId);
const any: Reader['lackedOf'] = async (eventIds) => eventIds;

/** What groups have, where that is. */
interface Asked extends Pick<SweepOptions, 'saga'> {
  readonly write: Db;
  readonly store: Db;
}

/** Every group with each journal of which it has to have all: what it lacks is asked of it, where its own tables are. */
export const readersOf = ({ saga, write, store }: Asked): readonly Reader[] => {
  const audit: Omit<Reader, 'journal'> = {
    group: AUDIT_GROUP,
    streams: AUDIT_STREAMS,
    mayLack: 'true',
    lackedOf: (eventIds) => lackedByStore(store, eventIds),
    undelivered: all,
  };
  const { undelivered } = saga;
  const ofSaga = { group: SAGA_GROUP, streams: SAGA_STREAMS, mayLack: SAGA_MAY_LACK, lackedOf: any, undelivered };
  const lackedOf: Reader['lackedOf'] = (eventIds) => lackedByWrite(write, eventIds);
  const ofWrite = { group: WRITE_GROUP, streams: WRITE_STREAMS, mayLack: WRITE_MAY_LACK, lackedOf, undelivered: all };
  return [
    { journal: 'write', ...audit },
    { journal: 'saga', ...audit },
    { journal: 'write', ...ofSaga },
    { journal: 'saga', ...ofWrite },
  ];
};

const isBehind = async (
  { redis: { relay: redis }, layout }: Stores,
  { group, streams }: Reader,
  minAgeMs: number,
): Promise<boolean> => {
  const keys = streams.flatMap((stream) => streamKeys(stream, layout.current()));
  const behind = await Promise.all(keys.map((stream) => isGroupBehind(redis, { stream, group }, minAgeMs)));
  return behind.includes(true);
};

const sweepOf = ({ stores, afterMs }: SweepOptions, reader: Reader): Sweep => {
  const db = stores.journalsAs('relay')[reader.journal];
  const letters = stores.at('relay', 'shared').db;
  const undelivered: Reader['undelivered'] = async (events) =>
    withoutDeadLetters(letters, reader.group, await reader.undelivered(events));
  return new Sweep({
    store: postgresSweepStore(db, { ...reader, undelivered }),
    isBehind: ({ minAgeMs }) => isBehind(stores, reader, minAgeMs),
    clock: systemClock,
    afterMs,
    settledMs: Math.max(afterMs, SETTLED_MS),
  });
};

/** Starts to publish again what vanished from the streams before every group had it. */
export const startSweeps = (options: SweepOptions): AsyncDisposable => {
  const { stores, saga, leads, logger, afterMs } = options;
  const [write, store] = [stores.at('relay', 'write').db, stores.at('relay', 'audit').db];
  const sweeps = readersOf({ saga, write, store }).map((reader) => {
    const { journal, group } = reader;
    return { journal, group, sweep: sweepOf(options, reader) };
  });
  return startSweeper({ sweeps, leads, everyMs: afterMs / ROUNDS_IN_TIME, logger, clock: systemClock });
};
