import { holders } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { badUserInput } from '../failures.ts';
import { UpkeepRun } from '../types/upkeep-run.ts';

const MAX_RUNS = 100;

const ABOUT = { path: ['last'], allowed: { type: 'integer', minimum: 1, maximum: MAX_RUNS } } as const;

export const upkeepRuns = (t: QueryFields) =>
  t.field({
    type: [UpkeepRun],
    access: holders('repair'),
    description: 'The last verifications and replays that were started here, the newest first.',
    args: { last: t.arg.int({ defaultValue: 20, description: `How many, 1 to ${MAX_RUNS}.` }) },
    resolve: async (_root, { last }, { upkeep }) => {
      const asked = last ?? 20;
      if (asked < 1 || asked > MAX_RUNS) throw badUserInput(`last is ${asked}: 1 to ${MAX_RUNS}.`, ABOUT);
      return [...(await upkeep.last(asked))];
    },
  });
