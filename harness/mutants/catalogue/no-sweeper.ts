import type { Mutant } from '../mutant.ts';
import { WITHOUT_SWEEP } from './without-sweep.ts';

export const noSweeper: Mutant = {
  number: 9,
  name: 'no sweeper',
  change:
    'What would be a sweeper elsewhere is the relay itself: it publishes again what Redis has lost. Now, when it finds another mark in Redis than its own, it goes on from there. The sweep of what vanished otherwise is gone too.',
  edits: [
    {
      file: 'src/relay/relay.ts',
      find: `      const restored = await outbox.restoreLost(stream, found);
      marks.set(stream, found);
      SIGNALS.eventsPublished.tell({ journal, events: 0, restored, unreadable: 0, failedStreams: 0 });
      if (restored > 0) logger.warn({ journal, stream, restored }, `,
      put: '      marks.set(stream, found);\n      logger.warn({ journal, stream }, ',
    },
    {
      file: 'src/relay/relay.ts',
      find: 'async #restoreWhatRedisLost(\n    outbox: OutboxSession',
      put: 'async #restoreWhatRedisLost(\n    _outbox: OutboxSession',
    },
    {
      file: 'src/relay/publish.ts',
      find: '    const restored = await outbox.restoreLost(stream, added.found);\n    marks.set(stream, added.found);\n    return { restored };',
      put: '    marks.set(stream, added.found);\n    return { restored: events.length };',
    },
    WITHOUT_SWEEP,
  ],
  chaos: { seed: 1, minutes: 1, faults: 'flushall,aof-tail', workload: 'storm' },
};
