import type { Mutant } from '../mutant.ts';

export const unabsorbingEnd: Mutant = {
  number: 14,
  name: 'terminal state not absorbing',
  change: 'An order that was cancelled while it was charged is confirmed all the same once its payment succeeds.',
  edits: [
    {
      file: 'src/write/order/progress.ts',
      find: '  if (verdict !== null) return',
      put: `  if (verdict?.type === 'OrderCancelled' && isPaid && now.confirmed === null)
    return { type: 'OrderConfirmed', data: { orderId } };
  if (verdict !== null) return`,
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'network', workload: 'race' },
};
