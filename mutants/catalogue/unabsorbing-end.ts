import type { Mutant } from '../mutant.ts';

export const unabsorbingEnd: Mutant = {
  number: 14,
  name: 'terminal state not absorbing',
  change: 'A cancelled order does not count as over: it is charged when its stock is reserved, and may be confirmed.',
  edits: [{ file: 'src/write/order/order.ts', find: '  facts.cancelled !== null ||\n', put: '' }],
  chaos: { seed: 1, minutes: 1, faults: 'network', workload: 'race' },
};
