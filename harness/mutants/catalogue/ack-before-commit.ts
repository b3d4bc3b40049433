import type { Mutant } from '../mutant.ts';
import { WITHOUT_SWEEP } from './without-sweep.ts';

export const ackBeforeCommit: Mutant = {
  number: 2,
  name: 'ack before commit',
  change:
    'A consumer acknowledges a delivery when it receives it, before the transaction that handles it. The sweep, which would publish again what is lost so, is gone too.',
  edits: [
    {
      file: 'src/bus/consumer.ts',
      find: '    if (delivery.entries.length === 0) return;\n    const outcomes = await',
      put: `    if (delivery.entries.length === 0) return;
    await this.#options.entries.acknowledge(delivery.entries);
    const outcomes = await`,
    },
    {
      file: 'src/bus/consumer.ts',
      find: `    const settled: StreamEntry[] = [];
    for (const [entry, outcome] of outcomes)
      if (outcome.type === 'Done' || (await about(entryFacts(entry), () => this.#settle(entry, outcome))))
        settled.push(entry);
    await this.#acknowledgements.send(settled);`,
      put: `    for (const [entry, outcome] of outcomes)
      if (outcome.type !== 'Done') await about(entryFacts(entry), () => this.#settle(entry, outcome));`,
    },
    WITHOUT_SWEEP,
  ],
  chaos: { seed: 1, minutes: 1, faults: 'kill', workload: 'storm' },
};
