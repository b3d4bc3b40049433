import type { Mutant } from '../mutant.ts';
import { WITHOUT_SWEEP } from './without-sweep.ts';

export const groupFromNow: Mutant = {
  number: 7,
  name: 'XGROUP CREATE $ on recovery',
  change:
    'A consumer group that is made again begins with what comes next, not with what is there. The sweep, which would publish it again, is gone too.',
  edits: [{ file: 'src/bus/consumer.ts', find: "const FIRST_ID = '0';", put: "const FIRST_ID = '$';" }, WITHOUT_SWEEP],
  chaos: { seed: 1, minutes: 1, faults: 'flushall,groups', workload: 'storm' },
};
