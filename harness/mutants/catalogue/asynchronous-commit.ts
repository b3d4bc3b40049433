import type { Mutant } from '../mutant.ts';

export const asynchronousCommit: Mutant = {
  number: 10,
  name: 'synchronous_commit=off',
  change: 'Every session commits without waiting for the disk, and the check at the start no longer minds.',
  edits: [
    {
      file: 'src/database/session.ts',
      find: "  row_security: 'off',",
      put: "  row_security: 'off',\n  synchronous_commit: 'off',",
    },
    {
      file: 'src/database/check.ts',
      find: "['fsync', 'full_page_writes', 'synchronous_commit']",
      put: "['fsync', 'full_page_writes']",
    },
  ],
  chaos: { seed: 199, minutes: 1, faults: 'postgres', workload: 'storm' },
};
