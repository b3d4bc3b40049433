import { AUDIT_GROUP, AUDIT_STREAMS, type Audit } from './audit/index.ts';
import { isGroupBehind, withoutDeadLetters } from './bus/index.ts';
import type { JournalName } from './database/index.ts';
import type { EventRef, Stream } from './events/index.ts';
import { type Logger, systemClock } from './platform/index.ts';
import { postgresSweepStore, Sweep, startSweeper } from './relay/index.ts';
import { SAGA_GROUP, SAGA_STREAMS, type Saga } from './saga/index.ts';
import type { Stores } from './stores.ts';
import { WRITE_GROUP, WRITE_STREAMS, type Write } from './write/index.ts';

export interface SweepOptions {
  readonly stores: Stores;
  readonly logger: Logger;
  readonly audit: Pick<Audit, 'missing'>;
  readonly saga: Pick<Saga, 'missing'>;
  readonly write: Pick<Write, 'missing'>;
  /** From its publication until an event that a group lacks counts as lost. */
  readonly afterMs: number;
}

/** A group that has to have the own events of a journal. The service that writes it knows them without hearing of them. */
interface Reader {
  readonly journal: JournalName;
  readonly group: string;
  readonly streams: readonly Stream[];
  readonly missing: (events: readonly EventRef[]) => Promise<readonly string[]>;
}

/** A statement and a pause each have a time limit: a transaction that is older than this has ended. */
const SETTLED_MS = 120_000;
const ROUNDS_IN_TIME = 3;

const readersOf = ({ audit, saga, write }: SweepOptions): readonly Reader[] => {
  const auditor = { group: AUDIT_GROUP, streams: AUDIT_STREAMS, missing: audit.missing };
  return [
    { journal: 'write', ...auditor },
    { journal: 'saga', ...auditor },
    { journal: 'write', group: SAGA_GROUP, streams: SAGA_STREAMS, missing: (events) => saga.missing(events) },
    { journal: 'saga', group: WRITE_GROUP, streams: WRITE_STREAMS, missing: write.missing },
  ];
};

const isBehind = async (
  { redis: { relay: redis } }: Stores,
  { group, streams }: Reader,
  minAgeMs: number,
): Promise<boolean> => {
  const behind = await Promise.all(streams.map((stream) => isGroupBehind(redis, { stream, group }, minAgeMs)));
  return behind.includes(true);
};

const sweepOf = ({ stores, afterMs }: SweepOptions, reader: Reader): Sweep => {
  const { db } = stores.relay;
  return new Sweep({
    store: postgresSweepStore(db, reader.journal, reader.group),
    missing: async (events) => withoutDeadLetters(db, reader.group, await reader.missing(events)),
    isBehind: ({ minAgeMs }) => isBehind(stores, reader, minAgeMs),
    clock: systemClock,
    afterMs,
    settledMs: Math.max(afterMs, SETTLED_MS),
  });
};

/** Starts to publish again what vanished from the streams before every group had it. */
export const startSweeps = (options: SweepOptions): AsyncDisposable => {
  const { logger, afterMs } = options;
  const sweeps = readersOf(options).map((reader) => {
    const { journal, group } = reader;
    return { journal, group, sweep: sweepOf(options, reader) };
  });
  return startSweeper({ sweeps, everyMs: afterMs / ROUNDS_IN_TIME, logger, clock: systemClock });
};
