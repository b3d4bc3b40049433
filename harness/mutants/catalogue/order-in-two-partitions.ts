import type { Mutant } from '../mutant.ts';

export const orderInTwoPartitions: Mutant = {
  number: 24,
  name: 'an order in two partitions',
  change:
    'The partition of an event is taken of its aggregate and of who wrote it, so that what the two services say of one order is spread better: two writers are at the order, and two cursors at its steps.',
  edits: [
    {
      file: 'src/audit/division.ts',
      find: `  partitionOf(envelope.aggregateId, partitions);`,
      put: `  partitionOf(\`\${envelope.aggregateId} \${envelope.producer}\`, partitions);`,
    },
  ],
  chaos: { seed: 1, minutes: 2, faults: 'pause', workload: 'storm' },
};
