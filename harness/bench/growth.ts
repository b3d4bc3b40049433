import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { OptionsError, parsed } from '../support/command-line.ts';
import { numberOf, runCommand } from './command-line.ts';
import { concurrencyCurve } from './growth/concurrency-curve.ts';
import { historyCurve } from './growth/history-curve.ts';
import type { CurveName, Pace, Point } from './growth/point.ts';
import { rebuildCurve } from './growth/rebuild-curve.ts';
import { growthMarkdown, writeGrowth } from './growth/report.ts';
import { sizeCurve } from './growth/size-curve.ts';
import { describeMachine } from './report/index.ts';

const DEFAULTS = { from: 1e4, upTo: 1e6, inFlight: 512, rounds: 5, seconds: 3 } as const;
const WARM_UP_SHARE = 0.5;

const USAGE = `npm run bench:growth -- [options]
  --only <list>         curves: size,rebuild,history,concurrency (default: all)
  --from <number>       events of the smallest database beside the one of 1,000 (default 1e4)
  --up-to <number>      events of the largest database, 1e7 at most (default 1e6)
  --in-flight <number>  requests in flight at most (default ${DEFAULTS.inFlight})
  --rounds <number>     rounds of each place (default ${DEFAULTS.rounds})
  --seconds <number>    length of a round (default ${DEFAULTS.seconds})
  --out <directory>     where the report goes (default harness/bench/results)`;

const readOptions = () => {
  const { values } = parsed(() =>
    parseArgs({
      options: {
        only: { type: 'string', default: 'size,rebuild,history,concurrency' },
        from: { type: 'string' },
        'up-to': { type: 'string' },
        'in-flight': { type: 'string' },
        rounds: { type: 'string' },
        seconds: { type: 'string' },
        out: { type: 'string', default: join(import.meta.dirname, 'results') },
      },
    }),
  );
  return {
    only: values.only.split(','),
    from: numberOf('from', values.from, DEFAULTS.from),
    upTo: numberOf('up-to', values['up-to'], DEFAULTS.upTo),
    inFlight: numberOf('in-flight', values['in-flight'], DEFAULTS.inFlight),
    rounds: Math.ceil(numberOf('rounds', values.rounds, DEFAULTS.rounds)),
    seconds: numberOf('seconds', values.seconds, DEFAULTS.seconds),
    out: values.out,
  };
};

type Options = ReturnType<typeof readOptions>;

const CURVES: Readonly<Record<CurveName, (options: Options, pace: Pace) => Promise<readonly Point[]>>> = {
  size: (sizes, pace) => sizeCurve(sizes, pace),
  rebuild: (sizes, pace) => rebuildCurve(sizes, pace),
  history: (_options, pace) => historyCurve(pace),
  concurrency: ({ inFlight }, pace) => concurrencyCurve(inFlight, pace),
};

const isCurve = (name: string): name is CurveName => Object.hasOwn(CURVES, name);

const run = async (): Promise<void> => {
  const options = readOptions();
  const { rounds, seconds, out } = options;
  const unknown = options.only.find((name) => !isCurve(name));
  if (unknown !== undefined) throw new OptionsError(`There is no curve ${unknown}.`);
  const pace = { rounds, seconds, warmUpSeconds: seconds * WARM_UP_SHARE, say: (line: string) => console.error(line) };
  const points: Point[] = [];
  for (const name of options.only.filter(isCurve)) points.push(...(await CURVES[name](options, pace)));
  const report = { at: new Date(), machine: describeMachine(), points };
  console.log(growthMarkdown(report));
  await writeGrowth(report, out);
};

await runCommand(USAGE, run);
