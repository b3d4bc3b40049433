import type { Mutant } from '../mutant.ts';

export const partitionWrittenByTwo: Mutant = {
  number: 22,
  name: 'a partition written by two',
  change:
    'A writer of the event store takes no lock of its partitions: it trusts that nobody else reads their streams. A lease that moves, or an event that comes on another stream, brings two to one order.',
  edits: [
    {
      file: 'src/audit/division.ts',
      find: `  return [...all].toSorted((one, other) => one - other);`,
      put: `  return [...all].filter(() => false);`,
    },
  ],
  chaos: { seed: 1, minutes: 2, faults: 'pause', workload: 'storm' },
  // Leases keep two from one partition nearly always, and what is left the rows' own locks most often make good.
  test: { file: 'test/read-side/writers-at-once.int.test.ts', name: 'writers of different partitions' },
};
