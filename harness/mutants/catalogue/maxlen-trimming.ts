import type { Mutant } from '../mutant.ts';
import { WITHOUT_SWEEP } from './without-sweep.ts';

export const maxlenTrimming: Mutant = {
  number: 8,
  name: 'MAXLEN 1000 trimming',
  change:
    'The relay keeps each stream at 1,000 entries, whoever has yet to read them. The sweep, which would publish them again, is gone too.',
  edits: [
    {
      file: 'src/relay/redis-marked-streams.ts',
      find: "redis.call('XADD', KEYS[1], '*', unpack(",
      put: "redis.call('XADD', KEYS[1], 'MAXLEN', '1000', '*', unpack(",
    },
    WITHOUT_SWEEP,
  ],
  chaos: { seed: 3, minutes: 3, faults: 'pause', workload: 'storm', rate: 600 },
};
