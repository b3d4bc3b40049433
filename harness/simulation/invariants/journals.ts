import { POISON } from '../system/faults.ts';
import type { Ended, Violation } from './violation.ts';

/** I-3, I-4: the event store holds what was told, each event once, as it was told. */
export const eventStoreIsComplete = ({ database, told, foreign }: Ended): readonly Violation[] => {
  const rule = 'journal = event store';
  const stored = database.events.committed;
  const missing = told
    .filter(({ envelope }) => JSON.stringify(stored.get(envelope.eventId)?.envelope) !== JSON.stringify(envelope))
    .map(({ envelope }) => ({
      rule,
      what: `${envelope.type} ${envelope.eventId} is missing or another`,
      aggregateId: envelope.aggregateId,
    }));
  const known = new Set([...told, ...foreign].map(({ envelope }) => envelope.eventId));
  const strange = [...stored.values()]
    .filter(({ envelope }) => !known.has(envelope.eventId))
    .map(({ envelope }) => ({ rule, what: `${envelope.type} was never told`, aggregateId: envelope.aggregateId }));
  return [...missing, ...strange];
};

/** I-6: a producer's versions of an aggregate are 1, 2, 3 …, and later ones stand behind earlier ones. */
export const versionsAreContiguous = ({ told }: Ended): readonly Violation[] => {
  const histories = Map.groupBy(told, ({ envelope }) => `${envelope.aggregateId} ${envelope.producer}`);
  return [...histories.values()].flatMap((history) => {
    const ordered = history.toSorted((one, other) => one.position - other.position);
    const isContiguous = ordered.every(({ envelope }, index) => envelope.version === index + 1);
    const versions = ordered.map(({ envelope }) => envelope.version).join(' ');
    const aggregateId = ordered[0]?.envelope.aggregateId ?? '';
    return isContiguous ? [] : [{ rule: 'versions are contiguous', what: versions, aggregateId }];
  });
};

/** I-13: nothing waits any more. */
export const nothingWaits = ({ database, bus }: Ended): readonly Violation[] => {
  const rule = 'nothing waits';
  const { write, saga, tasks, methods, deadLetters } = database;
  const pending = [...bus.streams].flatMap(([stream, { groups }]) =>
    [...groups]
      .filter(([, group]) => group.pending.size > 0)
      .map(([name]) => `${name} has pending entries of ${stream}`),
  );
  const letters = [...deadLetters.values()]
    .filter(({ entry }) => !entry.fields.includes(POISON))
    .map(({ entry, error }) => `dead letter ${entry.id}: ${String(error)}`);
  const rests = [
    write.outbox.committed.size > 0 ? 'the outbox of write is not empty' : null,
    saga.outbox.committed.size > 0 ? 'the outbox of saga is not empty' : null,
    methods.committed.size > 0 ? `payment methods are left: ${[...methods.committed.keys()].join(', ')}` : null,
    tasks.committed.size > 0 ? `tasks are left: ${[...tasks.committed.keys()].join(', ')}` : null,
  ].filter((what) => what !== null);
  return [...pending, ...letters, ...rests].map((what) => ({ rule, what }));
};
