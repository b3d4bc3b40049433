import type { Edit } from '../mutant.ts';

/** What only the sweep makes good. Where it is gone, the simulation leaves these out: they would be caught, not the mutant. */
export const MENDED_BY_SWEEP = ['deleteEntries', 'skipGroup', 'deleteConsumer'];

/** For a mutant whose loss the sweep would make good: two mistakes are needed then, and this is the second. */
export const WITHOUT_SWEEP: Edit = {
  file: 'src/relay/reconcile/sweep.ts',
  find: '  async round(signal: AbortSignal = NEVER): Promise<number> {\n',
  put: '  async round(signal: AbortSignal = NEVER): Promise<number> {\n    if (this.#parts.afterMs >= 0) return 0;\n',
};
