import { setTimeout as delay } from 'node:timers/promises';
import { type Partitioning, STREAMS, streamKeys } from '../../../src/events/index.ts';
import type { Servers } from './servers.ts';

const POLL_MS = 20;
const PATIENCE_MS = 120_000;

const QUEUED = 'select exists (select from write.outbox) or exists (select from saga.outbox) as queued';
const UNSTORED = `
  select (select count(*) from write.journal where not heard) + (select count(*) from saga.journal where not heard)
    - (select count(*) from audit.event_store) as missing`;

/** A group as XINFO GROUPS tells of it, names and values in turn. */
type RawGroup = readonly (string | number)[];

const fieldOf = (group: RawGroup, name: string): string => String(group[group.indexOf(name) + 1]);

const isConsumed = async ({ redis }: Servers, stream: string): Promise<boolean> => {
  const [newest] = await redis.xrevrange(stream, '+', '-', 'COUNT', 1);
  if (newest === undefined) return true;
  const groups = (await redis.xinfo('GROUPS', stream)) as RawGroup[];
  return groups.every(
    (group) => fieldOf(group, 'pending') === '0' && fieldOf(group, 'last-delivered-id') === newest[0],
  );
};

const isAllConsumed = async (servers: Servers): Promise<boolean> => {
  const { rows } = await servers.pool.query<{ readonly queued: boolean }>(QUEUED);
  if (rows[0]?.queued !== false) return false;
  const { rows: layouts } = await servers.pool.query<Partitioning>('select partitions, most from audit.partitioning');
  for (const layout of layouts)
    for (const key of Object.values(STREAMS).flatMap((stream) => streamKeys(stream, layout)))
      if (!(await isConsumed(servers, key))) return false;
  return true;
};

const isLevel = async (servers: Servers): Promise<boolean> => {
  if (!(await isAllConsumed(servers))) return false;
  const { rows: stored } = await servers.pool.query<{ readonly missing: string }>(UNSTORED);
  return stored[0]?.missing === '0';
};

const until = async (servers: Servers, isSo: (servers: Servers) => Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isSo(servers))) {
    if (performance.now() > deadline) throw new Error('Relay, saga and audit do not catch up.');
    await delay(POLL_MS);
  }
};

/** Waits until relay, saga and audit have done all there is to do: what was accepted is published, reacted to and stored. */
export const untilLevel = (servers: Servers): Promise<void> => until(servers, isLevel);

/** Waits until nothing waits for relay, saga and audit. It counts no event, so it costs the same beside any number of them. */
export const untilConsumed = (servers: Servers): Promise<void> => until(servers, isAllConsumed);
