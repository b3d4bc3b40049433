import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { parsed } from '../support/command-line.ts';
import { numberOf, runCommand } from './command-line.ts';
import type { CheckoutRound, Question } from './load/checkouts.ts';
import { meterSteal } from './measure/index.ts';
import { describeMachine } from './report/index.ts';
import { verifyCheckouts } from './rows/verify-checkouts.ts';
import type { Watched } from './soak/memory.ts';
import { type SoakReport, soakMarkdown, writeSoak } from './soak/report.ts';
import { startSampling } from './soak/samples.ts';
import { verdictsOf } from './soak/verdict.ts';
import { type Child, makeDirectory, openShop, PRODUCTS, type Shop, startChild } from './stage/index.ts';

const DEFAULT_MINUTES = 15;
const LOAD_SHARE = 0.7;
const CEILING_SECONDS = 20;
const IN_FLIGHT = 64;
const SECONDS_A_MINUTE = 60;
const EVERY_MS = 5_000;
/** At least, of a soak that is shorter. */
const SAMPLES = 60;
/** Streams are full after a minute, not after hours: what they keep is no growth. */
const STREAM_RETENTION = '5000';

const USAGE = `npm run bench:soak -- [options]
  --minutes <number>   how long (default ${DEFAULT_MINUTES})
  --ceiling <number>   whole checkouts a second at most (default: measured first, for ${CEILING_SECONDS} s)
  --out <directory>    where the report goes (default harness/bench/results)`;

const readOptions = () => {
  const { values } = parsed(() =>
    parseArgs({
      options: {
        minutes: { type: 'string' },
        ceiling: { type: 'string' },
        out: { type: 'string', default: join(import.meta.dirname, 'results') },
      },
    }),
  );
  return {
    seconds: numberOf('minutes', values.minutes, DEFAULT_MINUTES) * SECONDS_A_MINUTE,
    ceiling: values.ceiling === undefined ? null : numberOf('ceiling', values.ceiling, 1),
    out: values.out,
  };
};

type Options = ReturnType<typeof readOptions>;

const watchedOf = ({ processes, servers }: Shop, heapPath: string): Watched => ({
  panier: { panier: { pid: processes['panier']?.[0] ?? 0, heapPath } },
  postgresPid: servers.pids.postgres[0] ?? 0,
  redis: servers.redis,
});

const findCeiling = (load: Child): Promise<CheckoutRound> =>
  load.ask<CheckoutRound>({ type: 'closed', seconds: CEILING_SECONDS, inFlight: IN_FLIGHT } satisfies Question);

type Soaked = Pick<SoakReport, 'ceiling' | 'rate' | 'round' | 'samples' | 'stolenShare'>;

interface Load {
  readonly child: Child;
  readonly seconds: number;
  readonly perSecond: number;
}

const underLoad = async (
  watched: Watched,
  { child, seconds, perSecond }: Load,
): Promise<Pick<Soaked, 'round' | 'samples' | 'stolenShare'>> => {
  await using sampling = startSampling(watched, Math.min(EVERY_MS, (seconds * 1_000) / SAMPLES));
  const stolen = meterSteal();
  const round = await child.ask<CheckoutRound>({ type: 'open', seconds, perSecond } satisfies Question);
  return { round, samples: sampling.samples, stolenShare: stolen() };
};

/** Checkouts at a fixed rate while memory is sampled; at the end every one of them must be right. */
const soak = async (shop: Shop, heapPath: string, { seconds, ceiling: given }: Options): Promise<Soaked> => {
  await using child = startChild('load/checkouts.ts');
  await child.ask({ type: 'prepare', urls: shop.urls, products: PRODUCTS } satisfies Question);
  const first = given === null ? await findCeiling(child) : null;
  const ceiling = first === null ? (given ?? 0) : first.operations / first.seconds;
  const rate = ceiling * LOAD_SHARE;
  console.error(`soak  at most ${ceiling.toFixed(1)} checkouts/s; ${rate.toFixed(1)}/s for ${seconds} s`);
  const soaked = await underLoad(watchedOf(shop, heapPath), { child, seconds, perSecond: rate });
  await verifyCheckouts(shop.servers, soaked.round.operations + (first?.operations ?? 0));
  return { ...soaked, ceiling, rate };
};

const run = async (): Promise<void> => {
  const options = readOptions();
  using directory = makeDirectory();
  const heapPath = join(directory.path, 'heap.json');
  const reporter = pathToFileURL(join(import.meta.dirname, 'soak/report-heap.ts'));
  await using shop = await openShop('one process', {
    NODE_OPTIONS: `--import=${reporter.href}`,
    PANIER_BENCH_HEAP: heapPath,
    PANIER_STREAM_RETENTION: STREAM_RETENTION,
  });
  const soaked = await soak(shop, heapPath, options);
  const verdicts = verdictsOf(soaked.samples, options.seconds);
  const report = {
    ...soaked,
    verdicts,
    at: new Date(),
    machine: describeMachine(),
    minutes: options.seconds / SECONDS_A_MINUTE,
  };
  console.log(soakMarkdown(report));
  await writeSoak(report, options.out);
  if (verdicts.some(({ isBounded }) => !isBounded)) process.exitCode = 1;
};

await runCommand(USAGE, run);
