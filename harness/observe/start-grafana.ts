import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ServerCommand, spawnServer, untilReady } from '../../src/servers/index.ts';
import { answers } from './answers.ts';
import { findProgram } from './find-program.ts';
import type { Beside } from './start-prometheus.ts';

export interface GrafanaOptions {
  readonly program: Grafana;
  readonly directory: string;
  readonly port: number;
  readonly prometheusUrl: string;
}

export interface Grafana {
  readonly server: string;
  /** Where its pages lie. */
  readonly home: string;
}

const HOMES = ['/usr/share/grafana', '/opt/homebrew/share/grafana', '/usr/local/share/grafana'];
const DASHBOARDS = resolve('deploy/grafana');
const STOP = ['SIGTERM', 'SIGKILL'] as const;

/** Undefined where it is not installed. */
export const findGrafana = async (): Promise<Grafana | undefined> => {
  const server = await findProgram(['grafana-server', '/opt/homebrew/bin/grafana-server']);
  const home = HOMES.find((each) => existsSync(each));
  return server === undefined || home === undefined ? undefined : { server, home };
};

const provision = (directory: string, kind: string, content: object): void => {
  const folder = join(directory, 'provisioning', kind);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'panier.yaml'), `${JSON.stringify({ apiVersion: 1, ...content })}\n`);
};

/**
 * Whoever reaches it may look and change: it listens on the loopback interface, and asks nobody elsewhere for anything. By its
 * address alone, for any page may let a name of its own lead there; without that, it would be an administrator, too.
 */
export const environmentOf = ({
  directory,
  port,
}: Pick<GrafanaOptions, 'directory' | 'port'>): Readonly<Record<string, string>> => ({
  GF_SERVER_HTTP_ADDR: '127.0.0.1',
  GF_SERVER_HTTP_PORT: String(port),
  GF_SERVER_DOMAIN: '127.0.0.1',
  GF_SERVER_ENFORCE_DOMAIN: 'true',
  GF_PATHS_DATA: join(directory, 'data'),
  GF_PATHS_LOGS: directory,
  GF_PATHS_PLUGINS: join(directory, 'plugins'),
  GF_PATHS_PROVISIONING: join(directory, 'provisioning'),
  GF_AUTH_ANONYMOUS_ENABLED: 'true',
  GF_AUTH_ANONYMOUS_ORG_ROLE: 'Admin',
  GF_ANALYTICS_REPORTING_ENABLED: 'false',
  GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
  GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
  GF_NEWS_NEWS_FEED_ENABLED: 'false',
});

/** Starts a Grafana on the loopback interface that shows panier's dashboard. @throws {ServersError} */
export const startGrafana = async (options: GrafanaOptions): Promise<Beside> => {
  const { program, directory, port, prometheusUrl } = options;
  const source = { name: 'Prometheus', type: 'prometheus', access: 'proxy', url: prometheusUrl, isDefault: true };
  provision(directory, 'datasources', { datasources: [source] });
  provision(directory, 'dashboards', { providers: [{ name: 'panier', options: { path: DASHBOARDS } }] });
  const settings = join(directory, 'grafana.ini');
  writeFileSync(settings, '');
  const command: ServerCommand = {
    name: 'Grafana',
    file: program.server,
    args: ['--homepath', program.home, '--config', settings],
    cwd: directory,
    env: { PATH: process.env['PATH'] ?? '', HOME: directory, ...environmentOf(options) },
    logFile: join(directory, 'grafana.log'),
    stopSignals: STOP,
  };
  const started = await spawnServer(command);
  const url = `http://127.0.0.1:${port}`;
  await untilReady(started, command, { isReady: () => answers(`${url}/api/health`), say: console.log });
  return { url: `${url}/d/panier`, process: started };
};
