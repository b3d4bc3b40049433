import { parseArgs } from 'node:util';
import { partitioningIn } from '../audit/index.ts';
import { readProcessConfig } from '../platform/index.ts';
import { groupsByStream } from '../roles/index.ts';
import { StartupError } from '../startup/index.ts';
import { chosenChecks, isBroken, VERIFY_CONNECTIONS, type Verdict, verify } from '../upkeep/index.ts';
import { explain } from './explain.ts';
import { openRunningServers } from './running-servers.ts';
import { progressTo } from './verify/progress.ts';
import { describeVerdicts } from './verify/report.ts';

const USAGE = `Usage: npm run verify [-- options]

Checks on a running panier, or on one that rests, everything that must always hold, and names what does not.
Ends with exit code 1 if anything is broken.

  --grace-seconds N   what is younger may still be under way (60)
  --pause-seconds N   how long to wait before what was found is looked at again (5)
  --no-fold           leave out the longest check: the read models, folded anew
`;

interface Options {
  readonly graceSeconds: number;
  readonly pauseMs: number;
  readonly fold: boolean;
  readonly help: boolean;
}

const inspect = async ({ graceSeconds, pauseMs, fold }: Options): Promise<readonly Verdict[]> => {
  // The simulated provider's ledger stands in the database.
  const isSimulated = readProcessConfig().paymentProvider === 'simulated';
  await using opened = new AsyncDisposableStack();
  const session = { name: 'verify', maxConnections: VERIFY_CONNECTIONS };
  const { homes, redis } = await openRunningServers(session, opened);
  const { at } = homes;
  using progress = progressTo(process.stderr);
  const checks = chosenChecks({ fold, isSimulated });
  const groups = groupsByStream(await partitioningIn(at('audit').db));
  return await verify({ at, redis, groups, checks, pauseMs, graceSeconds, onProgress: progress.show });
};

const seconds = (name: string, given: string): number => {
  if (/^\d{1,6}(\.\d{1,3})?$/.test(given)) return Number(given);
  throw new StartupError(`${name} is "${given}": give a number of seconds.\n\n${USAGE}`);
};

const readOptions = (): Options => {
  const options = {
    'grace-seconds': { type: 'string', default: '60' },
    'pause-seconds': { type: 'string', default: '5' },
    'no-fold': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    const { values } = parseArgs({ options });
    return {
      graceSeconds: seconds('--grace-seconds', values['grace-seconds']),
      pauseMs: seconds('--pause-seconds', values['pause-seconds']) * 1_000,
      fold: !values['no-fold'],
      help: values.help,
    };
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new StartupError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
};

const run = async (): Promise<number> => {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const verdicts = await inspect(options);
  process.stdout.write(describeVerdicts(verdicts));
  return verdicts.some(isBroken) ? 1 : 0;
};

try {
  process.exitCode = await run();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
