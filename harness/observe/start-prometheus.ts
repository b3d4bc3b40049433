import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ServerCommand, type ServerProcess, spawnServer, untilReady } from '../../src/servers/index.ts';
import { answers } from './answers.ts';
import type { Prometheus } from './find-prometheus.ts';

export interface PrometheusOptions {
  readonly program: Pick<Prometheus, 'server'>;
  /** For its settings, its log and what it keeps; made if it is not there. */
  readonly directory: string;
  /** Of processes of panier: `127.0.0.1:4002`. */
  readonly targets: readonly string[];
  readonly everySeconds: number;
  readonly port: number;
}

/** A server beside us, and where it answers. */
export interface Beside {
  readonly url: string;
  readonly process: ServerProcess;
}

const RULES = resolve('deploy/prometheus/rules/*.yml');
const STOP = ['SIGTERM', 'SIGKILL'] as const;

/** As deploy/prometheus/prometheus.yml, for these processes. JSON is YAML, too. */
const settingsOf = ({ targets, everySeconds }: PrometheusOptions): string =>
  JSON.stringify({
    global: { scrape_interval: `${everySeconds}s`, evaluation_interval: `${everySeconds}s` },
    rule_files: [RULES],
    scrape_configs: [{ job_name: 'panier', static_configs: [{ targets }] }],
  });

/** Starts a Prometheus on the loopback interface that scrapes these processes, by panier's rules. @throws {ServersError} */
export const startPrometheus = async (options: PrometheusOptions): Promise<Beside> => {
  const { program, directory, port } = options;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const settings = join(directory, 'prometheus.yml');
  writeFileSync(settings, `${settingsOf(options)}\n`);
  const address = `127.0.0.1:${port}`;
  const command: ServerCommand = {
    name: 'Prometheus',
    file: program.server,
    args: [
      `--config.file=${settings}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      `--web.listen-address=${address}`,
      '--log.level=warn',
    ],
    cwd: directory,
    logFile: join(directory, 'prometheus.log'),
    stopSignals: STOP,
  };
  const process = await spawnServer(command);
  const url = `http://${address}`;
  await untilReady(process, command, { isReady: () => answers(`${url}/-/ready`), say: console.log });
  return { url, process };
};
