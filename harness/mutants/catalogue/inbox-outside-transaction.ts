import type { Mutant } from '../mutant.ts';

export const inboxOutsideTransaction: Mutant = {
  number: 3,
  name: 'inbox outside the transaction',
  change:
    'panier has no inbox table: the event store knows the ids. It now takes an event in by one transaction and folds it into the read models by a second one: whoever dies in between finds the event known, and leaves it out.',
  edits: [
    {
      file: 'src/audit/handle-batch.ts',
      find: `const storeAndProject = async (tx: EventStoreTransaction, batch: readonly Recorded[]): Promise<Announcement | null> => {
  // Asked for in one go: each takes effect when the one before it has.
  const [, project, { advances, events }] = await asSpan(beginStore(batch.length), () =>
    Promise.all([tx.becomeWriter(batch), tx.prepare(batch), storeBatch(tx, batch)]),
  );
  if (events.length === 0) return null;
  const changes = await asSpan(beginProject(), () => project(events));
  return { advances, changes };
};`,
      put: `const storeAndProject = async (store: EventStore, batch: readonly Recorded[]): Promise<Announcement | null> => {
  const { advances, events } = await store.transaction(async (tx) => {
    await tx.becomeWriter(batch);
    return storeBatch(tx, batch);
  });
  if (events.length === 0) return null;
  const changes = await store.transaction(async (tx) => {
    await tx.becomeWriter(batch);
    return (await tx.prepare(batch))(events);
  });
  return { advances, changes };
};`,
    },
    {
      file: 'src/audit/handle-batch.ts',
      find: 'await parts.store.transaction((tx) => storeAndProject(tx, batch));',
      put: 'await storeAndProject(parts.store, batch);',
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'kill,postgres', workload: 'storm' },
};
