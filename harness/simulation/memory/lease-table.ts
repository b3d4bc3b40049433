import type { LeaseTable } from '../../../src/bus/index.ts';
import type { Connection } from './connection.ts';
import type { GroupLeases } from './group-leases.ts';

type Unit = Awaited<ReturnType<LeaseTable['take']>>[number];

/** The leases of a member's group on the simulated database. */
export const memoryLeaseTable = (connection: Connection, group: string, id: string): LeaseTable => {
  const { database } = connection;
  const leases = (): GroupLeases => database.leasesOf(group);
  const nowMs = (): number => database.now().getTime();
  const query = <T>(label: string, effect: () => T): Promise<T> => connection.query(`${group} ${label}`, effect);
  const unitsOf = (reader: string): readonly Unit[] =>
    [...leases().heldBy].filter(([, holder]) => holder === reader).map(([unit]) => unit as Unit);
  const forget = (reader: string): void => {
    for (const unit of unitsOf(reader)) leases().heldBy.delete(unit);
    leases().untilMs.delete(reader);
  };
  const takeOne = (unit: Unit): boolean => {
    if (leases().heldBy.has(unit)) return false;
    database.count('leases taken');
    leases().heldBy.set(unit, id);
    return true;
  };
  return {
    renew: (leaseMs) => query('renew', () => void leases().untilMs.set(id, nowMs() + leaseMs)),
    readers: () =>
      query('readers', () =>
        [...leases().untilMs]
          .filter(([, untilMs]) => untilMs > nowMs())
          .map(([reader, untilMs]) => ({ id: reader, leftMs: untilMs - nowMs(), units: unitsOf(reader) })),
      ),
    take: (units) =>
      query('take', () => {
        for (const [reader, untilMs] of leases().untilMs) if (untilMs <= nowMs()) forget(reader);
        // As the foreign key has it: who was forgotten leases nothing.
        return leases().untilMs.has(id) ? units.filter(takeOne) : [];
      }),
    letGo: (units) =>
      query('let go', () => {
        for (const unit of units) if (leases().heldBy.get(unit) === id) leases().heldBy.delete(unit);
      }),
    leave: () => query('leave', () => forget(id)),
  };
};
