import type { LeaseTable, Reader } from './lease-table.ts';
import { spread } from './spread.ts';
import type { Unit } from './units.ts';

export interface RoundOptions {
  readonly table: LeaseTable;
  /** Of the reader whose round it is. */
  readonly id: string;
  readonly leaseMs: number;
  /** As {@link spread} takes them. */
  readonly units: readonly (readonly Unit[])[];
  /** Told what it is to read no more; returns what it reads all the same, until it has settled what it was given. */
  readonly giveUp: (but: readonly Unit[]) => ReadonlySet<Unit>;
}

export interface Round {
  /** Of which it has the lease, and is to keep it. */
  readonly leased: readonly Unit[];
  /** After how long the next round is due. */
  readonly nextMs: number;
}

/** So often who waits for a unit asks whether it was let go of. */
const WAITING_MS = 150;
const A_MOMENT_MS = 20;

/** When the first of the others may be dead. */
const firstEndMs = (readers: readonly Reader[], id: string): number =>
  Math.min(...readers.filter((reader) => reader.id !== id).map(({ leftMs }) => leftMs)) + A_MOMENT_MS;

const heldIn = (readers: readonly Reader[]): ReadonlyMap<Unit, string> =>
  new Map(readers.flatMap(({ id, units }) => units.map((unit) => [unit, id] as const)));

/** Says that the reader is alive, takes what it is to have and is nobody's, and lets go of what it is not to have. */
export const leaseRound = async ({ table, id, leaseMs, units, giveUp }: RoundOptions): Promise<Round> => {
  await table.renew(leaseMs);
  const readers = await table.readers();
  const heldBy = heldIn(readers);
  const dealt = spread({ units, readers: [...new Set([...readers.map((reader) => reader.id), id])], heldBy });
  const due = units.flat().filter((unit) => dealt.get(unit) === id);
  const reading = giveUp(due);
  const held = [...heldBy.keys()].filter((unit) => heldBy.get(unit) === id);
  const surplus = held.filter((unit) => !due.includes(unit) && !reading.has(unit));
  if (surplus.length > 0) await table.letGo(surplus);
  const free = due.filter((unit) => !heldBy.has(unit));
  const taken = free.length > 0 ? await table.take(free) : [];
  const leased = due.filter((unit) => held.includes(unit) || taken.includes(unit));
  const nextMs = leased.length < due.length ? WAITING_MS : Math.min(leaseMs / 3, firstEndMs(readers, id));
  return { leased, nextMs };
};
