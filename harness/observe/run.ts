import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explain } from '../../src/cli/explain.ts';
import { interrupted } from '../../src/cli/interrupted.ts';
import { type Config, readProcessConfig, sleep } from '../../src/platform/index.ts';
import { type ServerProcess, ServersError, startOnFreePort } from '../../src/servers/index.ts';
import { OptionsError } from '../support/command-line.ts';
import { findPrometheus } from './find-prometheus.ts';
import { type ObserveOptions, readOptions, USAGE } from './options.ts';
import { findGrafana, startGrafana } from './start-grafana.ts';
import { type Beside, startPrometheus } from './start-prometheus.ts';
import { targetsOf } from './targets.ts';

const MISUSED = 64;
const POLL_MS = 500;

const say = (line: string): void => console.log(line);

/** In the data directory of the panier that runs; without one, a folder that goes with this program. */
const directoryFor = ({ dataDir }: Config, stopping: AsyncDisposableStack): string => {
  if (existsSync(join(dataDir, 'layout'))) return dataDir;
  const directory = mkdtempSync(join(tmpdir(), 'panier-observe-'));
  stopping.defer(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

interface Bringing {
  readonly options: ObserveOptions;
  readonly config: Config;
  /** Where the servers keep what they keep. */
  readonly directory: string;
}

const bringPrometheus = async ({ options, config, directory: parent }: Bringing): Promise<Beside> => {
  const targets = await targetsOf(options.ops, config);
  const program = await findPrometheus(say);
  if ('reason' in program) throw new ServersError(program.reason);
  const directory = join(parent, 'prometheus');
  const { everySeconds } = options;
  const start = (port: number) => startPrometheus({ program, directory, targets, everySeconds, port });
  const prometheus = await (options.port === null ? startOnFreePort(start) : start(options.port));
  const processes = targets.length === 1 ? 'process' : 'processes';
  say(
    `Prometheus looks at ${targets.length} ${processes} of panier every ${everySeconds} s (${targets.join(', ')}).\n`,
  );
  say(`  Prometheus  ${prometheus.url}`);
  say(`  Alerts      ${prometheus.url}/alerts`);
  say(`  Data        ${directory}`);
  return prometheus;
};

const HOW_TO_IMPORT =
  'Grafana is not installed here: in yours, import deploy/grafana/panier.json (Dashboards, New, Import)\n              and choose this Prometheus as its data source';

const bringGrafana = async (prometheusUrl: string, parent: string): Promise<Beside | undefined> => {
  const program = await findGrafana();
  if (program === undefined) {
    say(`  Dashboard   ${HOW_TO_IMPORT}`);
    return undefined;
  }
  const directory = join(parent, 'grafana');
  const grafana = await startOnFreePort((port) => startGrafana({ program, directory, port, prometheusUrl }));
  say(`  Dashboard   ${grafana.url}`);
  return grafana;
};

const endOf = async ({ exited }: ServerProcess): Promise<void> => {
  while (!exited()) await sleep(POLL_MS);
};

const run = async (options: ObserveOptions): Promise<void> => {
  const config = readProcessConfig();
  const started: ServerProcess[] = [];
  const stop = interrupted({ kill: () => started.forEach((each) => each.kill()) });
  await using stopping = new AsyncDisposableStack();
  const keep = ({ process: server }: Beside): void => {
    started.push(server);
    stopping.defer(server.stop);
  };
  const directory = directoryFor(config, stopping);
  const prometheus = await bringPrometheus({ options, config, directory });
  keep(prometheus);
  const grafana = await bringGrafana(prometheus.url, directory);
  if (grafana !== undefined) keep(grafana);
  say('\n  Ctrl-C stops.');
  const ended = await Promise.race([stop.then(() => false), ...started.map((each) => endOf(each).then(() => true))]);
  if (ended) throw new ServersError('A server that was started has ended: its log lies beside its data.');
};

try {
  const options = readOptions();
  if (options.help) console.log(USAGE);
  else await run(options);
  process.exit();
} catch (error) {
  const isMisused = error instanceof OptionsError;
  console.error(isMisused ? `${error.message}\n\n${USAGE}` : explain(error));
  process.exit(isMisused ? MISUSED : 1);
}
