import type { Redis } from 'ioredis';
import type { Db } from '../database/index.ts';
import { type Partitioning, streamKey, streamOfKey } from '../events/index.ts';
import { Unavailable } from '../platform/index.ts';

/** `OPEN` until an operator has settled it; an entry that fails again becomes a letter of its own. */
export type DeadLetterState = 'OPEN' | 'RETRIED' | 'DISCARDED';

/** A dead letter as it is kept. */
export interface KeptDeadLetter {
  readonly id: string;
  readonly group: string;
  readonly stream: string;
  readonly entryId: string;
  /** Name and value, in the entry's order. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Why the last attempt failed, how often it was tried, and when last (RFC 3339). */
  readonly error: string;
  readonly deliveries: number;
  readonly lastAt: string;
  /** Version of the operator's event that was carried out last; 0 before the first. */
  readonly settledVersion: number;
}

/** Null when there is none. */
export const findDeadLetter = async (db: Db, id: string): Promise<KeptDeadLetter | null> => {
  const row = await db.selectFrom('bus.dead_letter').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  return {
    id: row.id,
    group: row.consumer_group,
    stream: row.stream,
    entryId: row.entry_id,
    fields: row.fields as KeptDeadLetter['fields'],
    error: row.error,
    deliveries: row.deliveries,
    lastAt: row.last_at.toISOString(),
    settledVersion: row.settled_version,
  };
};

/**
 * Puts the entry on its stream again, as it was, where events of its aggregate go now: every group sees it, and those that have handled it know it by its id.
 * @throws {Unavailable} when Redis is away; whether it took the entry is then unknown.
 */
export const addAgain = async (
  redis: Redis,
  { stream, fields }: Pick<KeptDeadLetter, 'stream' | 'fields'>,
  partitioning: Partitioning,
): Promise<void> => {
  const [, aggregateId = ''] = fields.find(([name]) => name === 'aggregate_id') ?? [];
  try {
    await redis.xadd(streamKey(streamOfKey(stream), aggregateId, partitioning), '*', ...fields.flat());
  } catch (error) {
    throw new Unavailable('Redis is away; whether the entry was added again is unknown.', { cause: error });
  }
};

export interface Settlement {
  readonly id: string;
  readonly state: Exclude<DeadLetterState, 'OPEN'>;
  readonly reason: string | null;
  /** Time (RFC 3339) and version of the operator's event that this carries out. */
  readonly settledAt: string;
  readonly version: number;
}

/** Writes down what became of a letter, unless a later decision of an operator was written down already. */
export const settleDeadLetter = async (
  db: Db,
  { id, state, reason, settledAt, version }: Settlement,
): Promise<void> => {
  await db
    .updateTable('bus.dead_letter')
    .set({ state, reason, settled_at: new Date(settledAt), settled_version: version })
    .where('id', '=', id)
    .where('settled_version', '<', version)
    .execute();
};
