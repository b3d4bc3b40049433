import { type Db, statement } from '../../database/index.ts';
import type { Unit } from './units.ts';

/** A member of a group, as it is known to all members. */
export interface Reader {
  readonly id: string;
  /** How long its leases last if nothing more is heard of it, by the database's clock. */
  readonly leftMs: number;
  readonly units: readonly Unit[];
}

/** Where the members of a group agree on who reads what: a reader is alive until its time is up, and its leases with it. */
export interface LeaseTable {
  /** Says that this reader is alive for so long from now. Of a reader that was taken for dead, the leases are gone. */
  readonly renew: (leaseMs: number) => Promise<void>;
  /** Those that are alive. */
  readonly readers: () => Promise<readonly Reader[]>;
  /** Leases these of which nobody has the lease; those that dead readers had are nobody's. Returns which. */
  readonly take: (units: readonly Unit[]) => Promise<readonly Unit[]>;
  readonly letGo: (units: readonly Unit[]) => Promise<void>;
  /** This reader is no more. */
  readonly leave: () => Promise<void>;
}

export interface Membership {
  readonly group: string;
  readonly consumer: string;
  readonly id: string;
}

const OWN = 'written_by = current_user and consumer_group = $1';

const RENEW = statement(`
  insert into bus.partition_reader (consumer_group, id, consumer, until)
  values ($1, $2, $3, now() + $4::float8 * interval '1 millisecond')
  on conflict (written_by, consumer_group, id) do update set until = excluded.until`);

const READERS = statement<Reader>(`
  select id, extract(epoch from until - now())::float8 * 1000 as "leftMs", array(
    select lease.unit from bus.partition_lease as lease
    where lease.written_by = reader.written_by and lease.consumer_group = reader.consumer_group and lease.reader_id = reader.id
  ) as units
  from bus.partition_reader as reader where ${OWN} and until > now()`);

// A renewal and this wait for each other by the row's lock: either the reader is alive, or it has lost all that it had.
const FORGET_DEAD = statement(`delete from bus.partition_reader where ${OWN} and until <= clock_timestamp()`);

const TAKE = statement<{ readonly unit: Unit }>(`
  insert into bus.partition_lease (consumer_group, unit, reader_id) select $1, unit, $2 from unnest($3::text[]) as unit
  on conflict (written_by, consumer_group, unit) do nothing returning unit`);

const LET_GO = statement(`
  delete from bus.partition_lease where ${OWN} and reader_id = $2 and unit in (select unnest($3::text[]))`);

const LEAVE = statement(`delete from bus.partition_reader where ${OWN} and id = $2`);

/** The leases of a member's group, in the database of its service. Each method is a statement or two that nothing else waits for. */
export const leaseTable = (db: Db, { group, consumer, id }: Membership): LeaseTable => ({
  renew: async (leaseMs) => void (await RENEW(db, [group, id, consumer, leaseMs])),
  readers: () => READERS(db, [group]),
  take: async (units) => {
    await FORGET_DEAD(db, [group]);
    return (await TAKE(db, [group, id, units])).map(({ unit }) => unit);
  },
  letGo: async (units) => void (await LET_GO(db, [group, id, units])),
  leave: async () => void (await LEAVE(db, [group, id])),
});
