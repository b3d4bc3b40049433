import { forgeriesIn, type Handle, startConsumer } from '../bus/index.ts';
import type { Recorded, Stream } from '../events/index.ts';
import type { Start } from './start.ts';

interface Consumption {
  readonly by: 'payment' | 'saga' | 'audit';
  readonly group: string;
  readonly streams: readonly Stream[];
  readonly handle: Handle;
  readonly rests: boolean;
  /** Whether the group does something with an event; by default with all. */
  readonly concerns?: (recorded: Recorded) => boolean;
}

/** As whom each comes to PostgreSQL, and where it has what it handles. */
const DATABASES = { payment: ['commands', 'write'], saga: ['saga', 'saga'], audit: ['audit', 'audit'] } as const;

/** Starts a member of a consumer group. */
export const consume = (start: Start, { by, ...consumption }: Consumption): void => {
  const { config, logger, stores, started, entries } = start;
  const { claimIdleMs, leaseMs, maxDeliveries } = config;
  const [service, home] = DATABASES[by];
  const leaseDb = stores.at(service, home).db;
  const leasing = { layout: stores.layout, leaseMs, leaseDb };
  const consumer = `${consumption.group}-${stores.instance.number}`;
  const { db } = stores.at(service, 'shared');
  const redisServer = stores.redisServers[by];
  const forgeries = forgeriesIn(stores.journalsAs(service), stores.seal);
  const decode = entries.readBy(consumption.streams);
  const reading = { claimIdleMs, maxDeliveries, forgeries, decode };
  started.use(startConsumer({ ...consumption, ...reading, leasing, consumer, redisServer, db, logger }));
};
