import { isId } from '../../events/index.ts';
import { isOver, type UpkeepRun as Run } from '../../upkeep/index.ts';
import { holders } from '../access.ts';
import type { SubscriptionFields } from '../builder.ts';
import { notFound } from '../failures.ts';
import { UpkeepRun } from '../types/upkeep-run.ts';
import type { Pull } from './live-streams.ts';

/** The run, and again whenever it is another than that last shown, until it is over. */
async function* states(first: Run, reload: () => Promise<Run | null>, pull: Pull): AsyncGenerator<Run> {
  let shown = '';
  let run: Run | null = first;
  while (run !== null) {
    const text = JSON.stringify(run);
    if (text !== shown) yield run;
    shown = text;
    if (isOver(run)) return;
    await pull.change();
    if (pull.signal.aborted) return;
    run = await pull.read(reload);
  }
}

export const upkeepRun = (t: SubscriptionFields) =>
  t.field({
    type: UpkeepRun,
    access: holders('repair'),
    description:
      'A verification or a replay as it is, then after every change, a few times a second at most. Completes by itself with the state in which the run ended. An unknown run is an error with extensions.code NOT_FOUND.',
    args: { id: t.arg.id({ required: true, description: 'run_…' }) },
    subscribe: async (_root, { id }, { upkeep, live }) => {
      if (!isId('UpkeepRun', id)) throw notFound(`run ${id.slice(0, 100)}`);
      const reload = () => upkeep.find(id);
      return live.open([{ kind: 'upkeep', id }], async (pull) => {
        const first = await reload();
        if (first === null) throw notFound(`run ${id}`);
        return states(first, reload, pull);
      });
    },
    resolve: (run) => run,
  });
