import { rebuild } from '../../audit/index.ts';
import { readProjections } from '../../read/index.ts';
import type { Check } from './check.ts';

/** The read models folded anew, beside those in use, and compared at one moment: nothing is under way then. */
export const READ_MODEL_CHECK: Check = {
  rule: 'the read models are what the event store folds to',
  find: async ({ db, onShare }) => {
    const { tables } = await rebuild({
      db,
      projections: readProjections,
      dryRun: true,
      onProgress: ({ position, head }) => onShare(head === 0n ? 1 : Math.min(1, Number(position) / Number(head))),
    });
    return {
      count: tables.reduce((sum, { differing }) => sum + differing, 0),
      offenders: tables.flatMap(({ table, examples }) =>
        examples.map((name) => ({ name, detail: `a row of read."${table}" that differs` })),
      ),
    };
  },
};
