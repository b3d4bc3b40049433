import { sleep } from '../../../src/platform/index.ts';
import type { Random } from '../../support/random.ts';
import { runPartitions } from '../../support/run-partitions.ts';
import type { Stage } from '../stage/index.ts';
import { type Fault, seconds } from './fault.ts';

const PATIENCE_MS = 90_000;
/** The command itself has patience for half a minute, when it has reached all servers. */
const ONE_TRY_MS = 45_000;
const TRY_AGAIN_AFTER_MS = 1_000;

interface Wanted {
  readonly stage: Stage;
  readonly random: Random;
  readonly partitions: number;
}

/** From where one of the processes is, by its links: they may be struck meanwhile. */
const runBeside = async ({ stage, random, partitions }: Wanted): Promise<void> => {
  const { project, environment } = random.pick(stage.members).options;
  await runPartitions({ project, partitions, environment: environment(), endsAfterMs: ONE_TRY_MS });
};

/** A server may be away, or no relay go by the new number in time: the same again is what an operator does. Returns the tries. */
const untilDone = async (wanted: Wanted): Promise<number> => {
  const endsAt = performance.now() + PATIENCE_MS;
  for (let tries = 1; ; tries += 1) {
    try {
      await runBeside(wanted);
      return tries;
    } catch (error) {
      if (performance.now() > endsAt) throw error;
      await sleep(TRY_AGAIN_AFTER_MS);
    }
  }
};

/** An operator changes the number of partitions, whatever else happens. */
export const divide: Fault = {
  place: 'operator',
  strike: async ({ stage, random }) => {
    const { streams } = stage;
    const [before, partitions] = [streams.partitions, random.pick(streams.others)];
    const startedAt = performance.now();
    const tries = await untilDone({ stage, random, partitions });
    streams.become(partitions);
    const took = seconds(performance.now() - startedAt);
    return `partitions from ${before} to ${partitions} in ${took}${tries === 1 ? '' : `, at try ${tries}`}`;
  },
};
