import { parseArgs } from 'node:util';
import { rebuild } from '../audit/index.ts';
import { READ_MODELS, readProjections } from '../read/index.ts';
import { StartupError } from '../startup/index.ts';
import { explain } from './explain.ts';
import { progressTo } from './replay-progress.ts';
import { describeReport } from './replay-report.ts';
import { openRunningHomes } from './running-database.ts';

const USAGE = `Usage: npm run replay [-- --dry-run]

Builds the read models anew from the event store while panier runs, compares them with those in use and puts them
in their place.

  --dry-run   compare only
`;

/** The rebuild's own session, one that reads ahead, one for each read model. */
const CONNECTIONS = 2 + READ_MODELS.length;

const replay = async (dryRun: boolean): Promise<string> => {
  await using homes = await openRunningHomes({ name: 'replay', maxConnections: CONNECTIONS });
  const { db } = homes.at('audit');
  using progress = progressTo(process.stderr);
  const report = await rebuild({ db, projections: readProjections, dryRun, onProgress: progress.show });
  return describeReport(report, dryRun);
};

const readOptions = (): { readonly dryRun: boolean; readonly help: boolean } => {
  const options = {
    'dry-run': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    const { values } = parseArgs({ options });
    return { dryRun: values['dry-run'], help: values.help };
  } catch (error) {
    throw new StartupError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
};

const run = async (): Promise<void> => {
  const { dryRun, help } = readOptions();
  process.stdout.write(help ? USAGE : await replay(dryRun));
};

try {
  await run();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
