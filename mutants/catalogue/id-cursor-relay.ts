import type { Mutant } from '../mutant.ts';

export const idCursorRelay: Mutant = {
  number: 1,
  name: 'id-cursor relay',
  change:
    'The relay reads the outbox from the last position that it has seen. Positions are given before the commit: whoever commits later with a lower one is passed over. A loss in Redis sets the cursor back, so that only the order of commits tells.',
  edits: [
    {
      file: 'src/journal/postgres-outbox.ts',
      find: 'const nextQueued = async (client: ClientBase, journal: JournalName): Promise<readonly Queued[]> => {',
      put: 'const nextQueued = async (client: ClientBase, journal: JournalName, after: string): Promise<readonly Queued[]> => {',
    },
    {
      file: 'src/journal/postgres-outbox.ts',
      find: `from (select position from \${journal}.outbox order by position limit \${BATCH_SIZE}) as outbox
      join \${journal}.journal using (position) order by position\`,`,
      put: `from (select position from \${journal}.outbox where position > $1 order by position limit \${BATCH_SIZE}) as outbox
      join \${journal}.journal using (position) order by position\`,
    values: [after],`,
    },
    {
      file: 'src/journal/postgres-outbox.ts',
      find: '  return {\n    tryToLead: () => tryToLead(client, journal),',
      put: "  let cursor = '0';\n  return {\n    tryToLead: () => tryToLead(client, journal),",
    },
    {
      file: 'src/journal/postgres-outbox.ts',
      find: '    nextQueued: () => nextQueued(client, journal),',
      put: `    nextQueued: async () => {
      const queued = await nextQueued(client, journal, cursor);
      cursor = queued.at(-1)?.position ?? cursor;
      return queued;
    },`,
    },
    {
      file: 'src/journal/postgres-outbox.ts',
      find: '    restoreLost: (stream, found) => restoreLost(client, journal, { stream, found }),',
      put: `    restoreLost: async (stream, found) => {
      const restored = await restoreLost(client, journal, { stream, found });
      cursor = '0';
      return restored;
    },`,
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'network', workload: 'storm' },
};
