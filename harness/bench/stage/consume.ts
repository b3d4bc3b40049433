import { type Handle, startConsumer } from '../../../src/bus/index.ts';
import type { Stream } from '../../../src/events/index.ts';
import { openLogger } from '../../../src/platform/index.ts';
import type { OwnStore } from './own-store.ts';

export interface Consumption {
  readonly group: string;
  readonly streams: readonly Stream[];
  readonly handle: Handle;
  /** Events that wait on the streams. */
  readonly backlog: number;
}

/** Has a consumer group work off what waits on its streams; returns how many seconds that took. */
export const workOff = async (
  { servers, database }: OwnStore,
  { group, streams, handle, backlog }: Consumption,
): Promise<number> => {
  const done = Promise.withResolvers<void>();
  let handled = 0;
  const counting: Handle = async (batch) => {
    await handle(batch);
    handled += batch.length;
    if (handled >= backlog) done.resolve();
  };
  const startedAt = performance.now();
  const shared = { redisServer: servers.redisUrl, db: database.db, logger: openLogger('warn'), group, consumer: group };
  const limits = { claimIdleMs: 60_000, maxDeliveries: 3, rests: true };
  await using _consumer = startConsumer({ ...shared, ...limits, streams, handle: counting });
  await done.promise;
  return (performance.now() - startedAt) / 1_000;
};
