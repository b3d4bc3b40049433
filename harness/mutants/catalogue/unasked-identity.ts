import type { Mutant } from '../mutant.ts';

export const unaskedIdentity: Mutant = {
  number: 18,
  name: 'identity not asked for',
  change:
    'A connection to Redis sends whatever it is given, without looking whose Redis that is, nor does the start look.',
  edits: [
    {
      file: 'src/bus/owned-redis.ts',
      find: '    if (holding === null || this.#isSureOf(holding)) return this.#pass(sent);\n',
      put: '    if (holding === null || this.#isSureOf(holding) || true) return this.#pass(sent);\n',
    },
    {
      file: 'src/bus/owned-redis.ts',
      find: '  #refuse(problem: string): never {\n',
      put: "  #refuse(problem: string): void {\n    if (this.status !== 'never') return;\n",
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'flushall', workload: 'storm' },
  test: { file: 'test/states/ownership.int.test.ts', name: 'is refused at the start' },
};
