import type { Mutant } from '../mutant.ts';

export const unknownIsUntaken: Mutant = {
  number: 20,
  name: 'no answer is taken for no',
  change:
    'An order that is lost while a call to an inventory elsewhere has no answer takes the line for one that was not taken, and does not ask.',
  edits: [
    {
      file: 'src/saga/remote/intent.ts',
      find: "    case 'Unknown':\n      return 'reduce';",
      put: "    case 'Unknown':\n      return direction === 'Take' ? 'reduce' : null;",
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'none', workload: 'storm' },
};
