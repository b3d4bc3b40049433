import { schema } from '../../src/schema/index.ts';
import { Pool } from './draw/pool.ts';
import { Lanes } from './lanes/lanes.ts';
import { type Generator, generate } from './operation/generate.ts';
import { targetsOf } from './operation/target.ts';
import type { Options } from './options.ts';
import { operationOf } from './play/ask.ts';
import { Coverage } from './play/coverage.ts';
import { end } from './play/ending.ts';
import { Player } from './play/player.ts';
import { compareRelations } from './play/relations.ts';
import { Repeats } from './play/repeats.ts';
import { Tally } from './play/tally.ts';
import type { Run } from './report.ts';
import { leaveDeadLetters } from './stage/dead-letters.ts';
import { openStage, type Stage } from './stage/stage.ts';

const PER_STREAM = 12;
/** What the caches need to be as full as they get: what is used after it is compared with what is used at the end. */
const WARM_OPERATIONS = 300;

interface Playing {
  readonly player: Player;
  readonly repeats: Repeats;
  readonly generator: Generator;
  readonly stage: Stage;
  readonly options: Options;
}

/** Operations one after the other, by so many clients at the same time. */
const storm = async (
  { player, repeats, generator, stage, options }: Playing,
  from: number,
  to: number,
): Promise<void> => {
  const { minutes, clients } = options;
  const deadline = performance.now() + minutes * 60_000;
  let next = from;
  const client = async (): Promise<void> => {
    while (next < to && performance.now() < deadline && stage.ended() === null) {
      next += 1;
      const operation = generate(generator, next - 1);
      repeats.promise(operation, await player.play(operation));
      await repeats.repeatOne();
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
};

/** Plays a whole run on a panier of its own. */
export const play = async (options: Options): Promise<Run> => {
  const { seed, operations, keep } = options;
  await using stage = await openStage({ keep });
  await using lanes = new Lanes(stage.url);
  console.log(`seed ${seed}, in ${stage.directory}`);
  await leaveDeadLetters(stage.redisUrl, PER_STREAM);
  const [pool, tally, coverage] = [new Pool(), new Tally(), new Coverage(schema)];
  const player = new Player({ schema, lanes, pool, tally, coverage, log: stage.log });
  const generator: Generator = { schema, targets: targetsOf(schema), seed, pool };
  const playing: Playing = { player, repeats: new Repeats(schema, player), generator, stage, options };
  const startedAt = performance.now();
  const warm = Math.min(WARM_OPERATIONS, operations);
  await storm(playing, 0, warm);
  const heapBefore = stage.ended() === null ? await stage.heapBytes() : 0;
  await storm(playing, warm, operations);
  const seconds = (performance.now() - startedAt) / 1_000;
  if (stage.ended() === null) await playing.repeats.repeatAll();
  if (stage.ended() === null) await compareRelations({ player, lanes, generator });
  const { findings, told } = await end({ stage, lanes, tally, heapBefore });
  for (const finding of findings) tally.fail(operationOf('{ __typename }', {}, 'post'), finding);
  return { seed, seconds, tally, unreached: coverage.unreached, ending: told };
};
