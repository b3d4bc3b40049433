import type { Mutant } from '../mutant.ts';

export const idCursorRelay: Mutant = {
  number: 1,
  name: 'id-cursor relay',
  change:
    'The relay reads the outbox from the last position that it has seen. Positions are given before the commit: whoever commits later with a lower one is passed over. A loss in Redis sets the cursor back, so that only the order of commits tells.',
  edits: [
    {
      file: 'src/relay/postgres-outbox.ts',
      find: 'and event.aggregate_id <> all($2::text[])\n',
      put: 'and event.aggregate_id <> all($2::text[]) and outbox.position > $3\n',
    },
    {
      file: 'src/relay/postgres-outbox.ts',
      find: '  const next = (',
      put: "  let cursor = '0';\n  const next = (",
    },
    {
      file: 'src/relay/postgres-outbox.ts',
      find: '? nextQueued(runner, [streams, aggregateIds])',
      put: '? nextQueued(runner, [streams, aggregateIds, cursor])',
    },
    {
      file: 'src/relay/postgres-outbox.ts',
      find: '    nextQueued: async (withheld) => readQueued(await next(withheld)),',
      put: `    nextQueued: async (withheld) => {
      const waiting = readQueued(await next(withheld));
      cursor = waiting.queued.at(-1)?.position ?? cursor;
      return waiting;
    },`,
    },
    {
      file: 'src/relay/postgres-outbox.ts',
      find: '      return restored?.events ?? 0;',
      put: "      cursor = '0';\n      return restored?.events ?? 0;",
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'network', workload: 'storm' },
};
