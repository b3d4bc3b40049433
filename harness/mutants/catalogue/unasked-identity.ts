import type { Mutant } from '../mutant.ts';

export const unaskedIdentity: Mutant = {
  number: 18,
  name: 'identity not asked for',
  change:
    'A connection to Redis sends whatever it is given, without looking whose Redis that is, nor does the start look.',
  edits: [
    {
      file: 'src/bus/owned-redis.ts',
      find: '    if (this.#isFree(command) || this.#isSure) return super.sendCommand(...sent);\n',
      put: '    if (this.#isFree(command) || this.#isSure || true) return super.sendCommand(...sent);\n',
    },
    {
      file: 'src/bus/owned-redis.ts',
      find: '    if (problem === null) return;\n',
      put: '    if (problem === null || true) return;\n',
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'flushall', workload: 'storm' },
  test: { file: 'test/states/ownership.int.test.ts', name: 'is refused at the start' },
};
