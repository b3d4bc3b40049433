import type { Mutant } from '../mutant.ts';

export const groupFromNow: Mutant = {
  number: 7,
  name: 'XGROUP CREATE $ on recovery',
  change: 'A consumer group that is made again begins with what comes next, not with what is there.',
  edits: [{ file: 'src/bus/consumer.ts', find: "const FIRST_ID = '0';", put: "const FIRST_ID = '$';" }],
  chaos: { seed: 1, minutes: 1, faults: 'flushall,groups', workload: 'storm' },
};
