import { expect, it } from 'vitest';
import type { JournalName } from '../../database/index.ts';
import { openLogger, sleep } from '../../platform/index.ts';
import { startSweeper } from './sweeper.ts';

it('sweeps the journals whose relays lead here, and no others', async () => {
  const leading = new Set<JournalName>(['saga']);
  const swept: JournalName[] = [];
  const sweepOf = (journal: JournalName) => ({
    journal,
    group: 'audit',
    sweep: {
      round: async () => {
        swept.push(journal);
        return 0;
      },
    },
  });
  let rounds = 0;
  const nextRound = Promise.withResolvers<void>();
  const clock = {
    nowMs: () => 0,
    sleep: async (_ms: number, signal?: AbortSignal) => {
      rounds += 1;
      if (rounds === 2) leading.add('write');
      if (rounds < 3) return;
      nextRound.resolve();
      await sleep(60_000, signal);
    },
  };
  await using _sweeper = startSweeper({
    sweeps: [sweepOf('write'), sweepOf('saga')],
    leads: (journal) => leading.has(journal),
    everyMs: 1,
    logger: openLogger('silent'),
    clock,
  });
  await nextRound.promise;
  expect(swept).toEqual(['saga', 'write', 'saga']);
});
