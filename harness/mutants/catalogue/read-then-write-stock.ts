import type { Mutant } from '../mutant.ts';

export const readThenWriteStock: Mutant = {
  number: 5,
  name: 'read-then-write stock',
  change: 'The saga reads stock without locking its rows, and writes back what it has computed.',
  edits: [
    {
      file: 'src/saga/statements.ts',
      find: 'select product_id, available, reserved, sold from saga.stock\n  where product_id = any ($1::text[]) order by product_id collate "C" for update`);',
      put: 'select product_id, available, reserved, sold from saga.stock\n  where product_id = any ($1::text[]) order by product_id collate "C"`);',
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'network', workload: 'race' },
};
