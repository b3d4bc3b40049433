import type { Mutant } from '../mutant.ts';

export const unguardedCompensation: Mutant = {
  number: 4,
  name: 'compensation without state guard',
  change: 'The end of an order is answered with StockCompensated, also when its stock was given back before.',
  edits: [
    {
      file: 'src/saga/decide.ts',
      find: `answer: reservation.isAnswered ? null : compensated(orderId, []) };
    case 'Failed':
    case 'Released':
      return { reservation, answer: null };`,
      put: `answer: reservation.isAnswered ? null : compensated(orderId, []) };
    case 'Failed':
      return { reservation, answer: null };
    case 'Released':
      return { reservation: { ...reservation }, answer: compensated(orderId, []) };`,
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'duplicates', workload: 'storm' },
};
