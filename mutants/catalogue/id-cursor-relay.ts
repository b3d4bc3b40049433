import type { Mutant } from '../mutant.ts';

export const idCursorRelay: Mutant = {
  number: 1,
  name: 'id-cursor relay',
  change:
    'The relay reads the outbox from the last position that it has seen. Positions are given before the commit: whoever commits later with a lower one is passed over. A loss in Redis sets the cursor back, so that only the order of commits tells.',
  edits: [
    {
      file: 'src/relay/postgres-outbox.ts',
      find: 'const nextQueued = async (client: ClientBase, journal: JournalName, withheld: Withheld): Promise<Waiting> => {',
      put: 'const nextQueued = async (client: ClientBase, journal: JournalName, withheld: Withheld & { readonly after: string }): Promise<Waiting> => {',
    },
    {
      file: 'src/relay/postgres-outbox.ts',
      find: `      where event.stream <> all($1::text[]) and event.aggregate_id <> all($2::text[])
      order by outbox.position limit \${PUBLISHED_AT_ONCE}\`,
    values: [withheld.streams, withheld.aggregateIds],`,
      put: `      where event.stream <> all($1::text[]) and event.aggregate_id <> all($2::text[]) and outbox.position > $3
      order by outbox.position limit \${PUBLISHED_AT_ONCE}\`,
    values: [withheld.streams, withheld.aggregateIds, withheld.after],`,
    },
    {
      file: 'src/relay/postgres-outbox.ts',
      find: '  return {\n    tryToLead: () => tryToLead(client, journal),',
      put: "  let cursor = '0';\n  return {\n    tryToLead: () => tryToLead(client, journal),",
    },
    {
      file: 'src/relay/postgres-outbox.ts',
      find: '    nextQueued: (withheld) => nextQueued(client, journal, withheld),',
      put: `    nextQueued: async (withheld) => {
      const waiting = await nextQueued(client, journal, { ...withheld, after: cursor });
      cursor = waiting.queued.at(-1)?.position ?? cursor;
      return waiting;
    },`,
    },
    {
      file: 'src/relay/postgres-outbox.ts',
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
