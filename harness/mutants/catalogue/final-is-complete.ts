import type { Mutant } from '../mutant.ts';

export const finalIsComplete: Mutant = {
  number: 16,
  name: 'final is taken for last',
  change:
    'Whoever follows an order is told of its end at the first final status, before its refund and the end of its charge.',
  edits: [
    {
      file: 'src/events/order-reading.ts',
      find: 'isComplete: waitsFor === null,',
      put: 'isComplete: isFinal(status),',
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'network', workload: 'race' },
};
