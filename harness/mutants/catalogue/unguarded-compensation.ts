import type { Mutant } from '../mutant.ts';

export const unguardedCompensation: Mutant = {
  number: 4,
  name: 'compensation without state guard',
  change: 'The end of an order is answered with StockCompensated, also when its stock was given back before.',
  edits: [
    {
      file: 'src/saga/decide.ts',
      find: `    case 'Short':
    case 'GivenBack':
      return null;`,
      put: `    case 'Short':
      return null;
    case 'GivenBack':
      return isLost && event.type !== 'OrderCreated' ? compensated(orderId, []) : null;`,
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'duplicates', workload: 'storm' },
};
