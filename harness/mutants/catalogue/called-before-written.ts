import type { Mutant } from '../mutant.ts';

export const calledBeforeWritten: Mutant = {
  number: 21,
  name: 'called, then written down',
  change:
    'That a line was asked for at an inventory elsewhere is written down with its answer, not before the call: whoever dies in between, or hears nothing, has taken what nobody knows of.',
  edits: [
    {
      file: 'src/saga/remote/intent.ts',
      find: "(line) => (line.state === 'ToTake' ? { ...line, state: 'Unknown' } : line)",
      put: '(line) => line',
    },
    {
      file: 'src/saga/remote/intent.ts',
      find: "if (line.state !== 'Unknown') return line;",
      put: "if (line.state !== 'Unknown' && line.state !== 'ToTake') return line;",
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'none', workload: 'storm' },
};
