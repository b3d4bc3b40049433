// Loaded into a panier before its own code, with `--import`: what it tells of itself is switched while it runs, as often as
// it is asked to. Two processes of one build differ by a tenth in processor time, for as long as they live; one does not.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMAND_NAMES } from '../../../src/commands/index.ts';
import { openMetrics } from '../../../src/metrics/index.ts';
import { openLogger } from '../../../src/platform/index.ts';
import { openTracing } from '../../../src/tracing/index.ts';
import { ASKED, TELLING_DIRECTORY, type Telling } from './telling.ts';

const directory = process.env[TELLING_DIRECTORY] ?? '';
const own = join(directory, String(process.pid));
/** Few spans wait for others, and would be sent in somebody else's turn. */
const QUEUE = { delayMs: 500, exportTimeoutMs: 10_000, maxSpans: 20_480, maxAtOnce: 512 };

const tell = async ({ metrics, traced, url }: Telling): Promise<AsyncDisposableStack> => {
  const told = new AsyncDisposableStack();
  if (metrics)
    told.use(openMetrics({ stores: undefined, gateway: undefined, relayed: [], commands: COMMAND_NAMES, pools: {} }));
  const traces =
    traced === null
      ? null
      : { url: `${url}/v1/traces`, sampler: 'parentbased_traceidratio' as const, ratio: traced, queue: QUEUE };
  told.use(await openTracing({ traces, roles: ['bench'], logger: openLogger('error') }));
  return told;
};

let telling = new AsyncDisposableStack();

const change = async (): Promise<void> => {
  const asked = readFileSync(join(directory, ASKED), 'utf8');
  await telling.disposeAsync();
  telling = await tell(JSON.parse(asked) as Telling);
  writeFileSync(own, asked);
};

let changing = Promise.resolve();
process.on('SIGUSR2', () => {
  changing = changing.then(change);
});
writeFileSync(own, '');
