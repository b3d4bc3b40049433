import { sleep } from '../../src/platform/index.ts';
import { OptionsError } from '../support/command-line.ts';
import { exitOnSignal } from '../support/exit-on-signal.ts';
import { Random } from '../support/random.ts';
import { attack, type Tally } from './attack.ts';
import { checkOutBy, lanesOf } from './check-out.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { openStage, type Stage } from './stage.ts';
import { judge } from './verdict.ts';

const BROKEN = 1;
const MISUSED = 64;
const WARM_UP_MS = 2_000;
const REST_MS = 3_000;

/** What the first of everything costs once: compiled code, the page of GraphiQL, connections. */
const warmUp = async (stage: Stage): Promise<void> => {
  for (const lane of Object.values(lanesOf(stage.url))) await checkOutBy(lane);
  await fetch(`${stage.url}/graphql`, { headers: { accept: 'text/html' } }).then((page) => page.text());
  await attack(stage, { random: new Random(0), forMs: WARM_UP_MS, entrances: ['http', 'frames', 'sse'] });
  await sleep(REST_MS);
};

const tableOf = (tally: Tally): string =>
  [...tally]
    .toSorted(([one], [other]) => one.localeCompare(other, 'en'))
    .map(([kind, times]) => `  ${kind.padEnd(50)} ${String(times).padStart(7)}`)
    .join('\n');

const run = async ({ seed, seconds, entrances }: Options): Promise<number> => {
  await using stage = await openStage();
  console.log(`seed ${seed}, ${seconds} s, process ${stage.pid} at ${stage.url}`);
  await warmUp(stage);
  if (stage.ended() !== null) throw new Error(`panier ended (${stage.ended()}):\n${stage.log()}`);
  const before = await stage.memory();
  const tally = await attack(stage, { random: new Random(seed), forMs: seconds * 1_000, entrances });
  console.log(tableOf(tally));
  for (const link of Object.values(stage.links)) {
    link.healHole();
    link.cutAll();
  }
  await sleep(REST_MS);
  const complaints = await judge(stage, before);
  for (const complaint of complaints) console.log(`BROKEN  ${complaint}`);
  const exchanges = [...tally.values()].reduce((sum, times) => sum + times, 0);
  console.log(`${exchanges} malformed exchanges, ${complaints.length} complaints.`);
  return complaints.length === 0 && exchanges > 0 ? 0 : BROKEN;
};

exitOnSignal();

try {
  process.exit(await run(readOptions(process.argv.slice(2))));
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exit(MISUSED);
}
