import { type Panier, start } from '../main.ts';
import { type Config, openLogger, readProcessConfig } from '../platform/index.ts';
import { type Servers, startServers } from '../servers/index.ts';
import { openStores } from '../stores.ts';
import { fillDemoCatalogue, isUntouched } from './demo-catalogue.ts';
import { explain } from './explain.ts';

const say = (line: string): void => console.log(line);

const INTERRUPTED_EXIT_CODE = 130;

const place = (given: string | undefined, embedded: string): string => (given === undefined ? embedded : 'yours');

const banner = ({ url }: Panier, config: Config, servers: Servers): string => {
  const lines = [
    `panier is running (${config.roles.join(', ')}).`,
    '',
    ...(url === null ? [] : [`  GraphiQL    ${url.replace('127.0.0.1', 'localhost')}/graphql`]),
    `  PostgreSQL  ${place(config.databaseUrl, portOf(servers.databaseUrl))}`,
    `  Redis       ${place(config.redisUrl, portOf(servers.redisUrl))}`,
    `  Data        ${config.dataDir}  (servers.json there has the URLs of its servers)`,
    '',
    '  npm run demo plays three sagas against it. Ctrl-C stops.',
  ];
  return lines.join('\n');
};

const portOf = (url: string): string => `embedded, on port ${new URL(url).port}`;

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once, and the servers with it. */
const interrupted = (servers: Servers): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let signals = 0;
  const onSignal = (): void => {
    signals += 1;
    if (signals === 1) return resolve();
    servers.kill();
    process.exit(INTERRUPTED_EXIT_CODE);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return promise;
};

const run = async (): Promise<void> => {
  const config = readProcessConfig(process.argv.slice(2));
  const logger = openLogger(config.logLevel);
  const { dataDir, databaseUrl, redisUrl } = config;
  await using stack = new AsyncDisposableStack();
  const servers = stack.use(await startServers({ dataDir, databaseUrl, redisUrl, say }));
  const stop = interrupted(servers);
  const stores = stack.use(await openStores(servers));
  const panier = stack.use(await start({ config, logger, stores }));
  if (config.demoCatalogue && (await isUntouched(panier))) await fillDemoCatalogue(panier);
  say(banner(panier, config, servers));
  await stop;
  say('panier stops …');
};

try {
  await run();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
