import type { Mutant } from '../mutant.ts';

export const cursorForgetsPartition: Mutant = {
  number: 23,
  name: 'a cursor that forgets a partition',
  change:
    'Where an event is told, its cursor says nothing any more of the partitions below its own: whoever goes on from there is told again what they had.',
  edits: [
    {
      file: 'src/events/positions.ts',
      find: `  const moved = new Map(positions);`,
      put: `  const moved = new Map([...positions].filter(([each]) => each >= partition));`,
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'pause', workload: 'storm' },
  // Both run with as many partitions as they are told, and follow the store with cursors of their own.
  test: { file: 'test/read-side/partitions.int.test.ts', name: 'the events of several partitions' },
};
