import type { Edit } from '../mutant.ts';

/** For a mutant whose loss the sweep would make good: two mistakes are needed then, and this is the second. */
export const WITHOUT_SWEEP: Edit = {
  file: 'src/journal/sweep.ts',
  find: '  async round(): Promise<number> {\n',
  put: '  async round(): Promise<number> {\n    if (this.#parts.afterMs >= 0) return 0;\n',
};
