import { AUDIT_GROUP, AUDIT_STREAMS } from '../../../src/audit/index.ts';
import type { JournalName } from '../../../src/database/index.ts';
import { type Envelope, streamKeys } from '../../../src/events/index.ts';
import type { Clock } from '../../../src/platform/index.ts';
import { Sweep, startSweeper } from '../../../src/relay/index.ts';
import { SAGA_GROUP, SAGA_STREAMS, type Saga } from '../../../src/saga/index.ts';
import { WRITE_GROUP, WRITE_STREAMS } from '../../../src/write/index.ts';
import type { BusConnection } from '../memory/bus-connection.ts';
import type { Connection } from '../memory/connection.ts';
import { memorySweepStore } from '../memory/sweep-store.ts';
import type { World } from './world.ts';

const EVERY_MS = 500;
const AFTER_MS = 2_000;
/** Longer than a frozen process keeps its transactions. */
const SETTLED_MS = 8_000;
/** Small, so that a round has several steps. */
const STEP = 4;

interface Sweeping {
  readonly world: World;
  readonly clock: Clock;
  readonly connection: Connection;
  readonly busConnection: BusConnection;
  readonly saga: Saga;
  readonly leads: (journal: JournalName) => boolean;
}

/** The ids of those events for which this holds of the database. */
const where =
  ({ query }: Connection, isUndelivered: (envelope: Envelope) => boolean) =>
  (events: readonly Envelope[]): Promise<readonly string[]> =>
    query('missing', () => events.filter(isUndelivered).map(({ eventId }) => eventId));

const readersOf = ({ connection, saga }: Sweeping) => {
  const { events, write } = connection.database;
  const isNotStored = ({ eventId }: Envelope): boolean => !events.committed.has(eventId);
  const isNotReceived = ({ aggregateType, eventId }: Envelope): boolean =>
    aggregateType === 'Order' && !write.eventIds.committed.has(eventId);
  const audit = { group: AUDIT_GROUP, streams: AUDIT_STREAMS, undelivered: where(connection, isNotStored) };
  return [
    { journal: 'write', ...audit },
    { journal: 'saga', ...audit },
    { journal: 'write', group: SAGA_GROUP, streams: SAGA_STREAMS, undelivered: saga.undelivered },
    { journal: 'saga', group: WRITE_GROUP, streams: WRITE_STREAMS, undelivered: where(connection, isNotReceived) },
  ] as const;
};

const sweepOf = (
  { world, clock, connection, busConnection }: Sweeping,
  { journal, group, streams, undelivered }: ReturnType<typeof readersOf>[number],
): Sweep =>
  new Sweep({
    store: memorySweepStore(connection, { journal: world.database[journal], group, undelivered }),
    isBehind: ({ minAgeMs }) =>
      busConnection.command(`is ${group} behind`, () =>
        streams
          .flatMap((stream) => streamKeys(stream, world.database.partitioning))
          .some((stream) => world.bus.isBehind({ stream, group }, minAgeMs)),
      ),
    clock,
    afterMs: AFTER_MS,
    settledMs: SETTLED_MS,
    step: STEP,
  });

const counted = ({ world }: Sweeping, sweep: Sweep): Pick<Sweep, 'round'> => ({
  round: async (signal) => {
    const events = await sweep.round(signal);
    if (events > 0) world.count('swept', events);
    return events;
  },
});

/** Starts the sweeps of a process, as `main` does, on the simulated servers. */
export const startSweeps = (sweeping: Sweeping): void => {
  const { world, clock, leads } = sweeping;
  const sweeps = readersOf(sweeping).map((reader) => {
    const { journal, group } = reader;
    return { journal, group, sweep: counted(sweeping, sweepOf(sweeping, reader)) };
  });
  startSweeper({ sweeps, leads, everyMs: EVERY_MS, logger: world.logger, clock });
};
