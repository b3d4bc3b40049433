import type { Mutant } from '../mutant.ts';

export const strangersVerdict: Mutant = {
  number: 15,
  name: "a stranger's word moves stock",
  change: 'The ledger believes whoever says that an order is confirmed, rejected, cancelled or not paid.',
  edits: [
    { file: 'src/events/verdict.ts', find: '  if (!isOwners(recorded)) return null;\n', put: '' },
    {
      file: 'src/saga/decide.ts',
      find: 'OWNERS_WORDS.some((type) => type === recorded.event.type) && isOwners(recorded);',
      put: "OWNERS_WORDS.some((type) => type === recorded.event.type) && (recorded.event.type !== 'OrderCreated' || isOwners(recorded));",
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'poison', workload: 'race' },
};
