import type { Mutant } from '../mutant.ts';

export const outcomeToldTwice: Mutant = {
  number: 19,
  name: 'an outcome told twice',
  change: 'What a payment provider tells of a charge is written down each time that it is told, or asked for.',
  edits: [
    {
      file: 'src/write/order/charges.ts',
      find: 'if (paymentRequested === null || isToldBefore) return',
      put: 'if (paymentRequested === null) return',
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'none', workload: 'storm' },
};
