import type { Mutant } from '../mutant.ts';

export const ungatedProjector: Mutant = {
  number: 12,
  name: 'projector without version gate',
  change: 'The read model of a cart takes events in as they come, whatever their version.',
  edits: [
    {
      file: 'src/read/cart/cart.ts',
      find: 'if (each.envelope.version === version + run.length + 1) run.push(each);',
      put: 'run.push(each);',
    },
    {
      file: 'src/read/cart/cart.ts',
      find: 'const run = contiguous(cart?.version ?? 0, events);',
      put: 'const run = contiguous(events);',
    },
    {
      file: 'src/read/cart/cart.ts',
      find: 'const contiguous = (version: number, events:',
      put: 'const contiguous = (events:',
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'kill', workload: 'storm' },
};
