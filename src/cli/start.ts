import type { Panier } from '../main.ts';
import { type Config, guarded, ignored, readProcessConfig } from '../platform/index.ts';
import type { Servers } from '../servers/index.ts';
import { explain } from './explain.ts';
import { interrupted } from './interrupted.ts';
import { runPanier } from './run-panier.ts';

const BROKEN_EXIT_CODE = 1;
const STOP_TIMEOUT_MS = 4_500;

const say = (line: string): void => console.log(line);

const place = (given: string | undefined, url: string): string =>
  given === undefined ? `embedded, on port ${new URL(url).port}` : 'yours';

const banner = (panier: Panier, config: Config, servers: Servers): string => {
  const url = panier.urls.gateway;
  const isForStrangers = config.mode === 'production';
  const what = isForStrangers ? 'GraphQL ' : 'GraphiQL';
  const demo = isForStrangers ? '' : 'npm run demo plays three sagas against it. ';
  const lines = [
    `panier is running (${config.roles.join(', ')}).`,
    '',
    ...(url === undefined ? [] : [`  ${what}    ${url.replace('127.0.0.1', 'localhost')}/graphql`]),
    ...pageLines(panier, config),
    ...inventoryLine(panier),
    ...metricsLine(panier),
    ...signInLine(panier, config),
    `  PostgreSQL  ${place(config.databaseUrl, servers.databaseUrl)}`,
    `  Redis       ${place(config.redisUrl, servers.redisUrl)}`,
    ...dataLine(config),
    '',
    `  ${demo}Ctrl-C stops.`,
  ];
  return lines.join('\n');
};

/** What a newcomer opens first comes first. */
const pageLines = ({ urls }: Panier, { pages }: Config): readonly string[] => {
  const url = urls.gateway?.replace('127.0.0.1', 'localhost');
  if (url === undefined) return [];
  const shop = pages.includes('shop') ? [`  Shop        ${url}/shop`] : [];
  return [...shop, ...(pages.includes('console') ? [`  Console     ${url}/console`] : [])];
};

const inventoryLine = ({ urls }: Panier): readonly string[] => {
  const url = urls['inventory-api'];
  return url === undefined ? [] : [`  Inventory   ${url.replace('127.0.0.1', 'localhost')}/openapi.json`];
};

const metricsLine = ({ opsUrl }: Panier): readonly string[] =>
  opsUrl === null ? [] : [`  Metrics     ${opsUrl.replace('127.0.0.1', 'localhost')}/metrics`];

/** Nothing lies here when both servers are somebody else's. */
const dataLine = ({ databaseUrl, redisUrl, dataDir }: Config): readonly string[] =>
  databaseUrl !== undefined && redisUrl !== undefined
    ? []
    : [`  Data        ${dataDir}  (servers.json there has the URLs of its servers)`];

/** With keys of one's own, one knows how to sign in. */
const signInLine = ({ urls }: Panier, { tokens }: Config): readonly string[] =>
  urls.gateway === undefined || tokens.key !== null
    ? []
    : ['  Signed in   there as development operator; elsewhere: npm run --silent token -- --role operator --sub NAME'];

/** Whatever still holds on by then is cut off: what is committed stands in PostgreSQL, and the rest is done again. */
const endWithin = (ms: number, servers: Servers): void => {
  const end = guarded(() => {
    servers.kill();
    process.exit();
  }, ignored);
  setTimeout(end, ms).unref();
};

/** A terminal that was closed takes nothing any more; that is no reason to end otherwise than in order. */
const outliveTerminal = (): void => {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignored);
};

const run = async (): Promise<void> => {
  const config = readProcessConfig(process.argv.slice(2));
  const { promise: stop, resolve } = Promise.withResolvers<void>();
  const broken = Promise.withResolvers<void>();
  const stopWith = async (servers: Servers): Promise<void> => {
    await interrupted(servers);
    // Also of a start, which may wait for a server that does not answer.
    endWithin(STOP_TIMEOUT_MS, servers);
  };
  const onServers = (servers: Servers): void => resolve(stopWith(servers));
  const onBroken = (): void => {
    process.exitCode = BROKEN_EXIT_CODE;
    broken.resolve();
  };
  await using running = await runPanier({ config, say, onServers, onBroken });
  say(banner(running.panier, config, running.servers));
  await Promise.race([stop, broken.promise]);
  say('panier stops …');
  endWithin(STOP_TIMEOUT_MS, running.servers);
};

outliveTerminal();
try {
  await run();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
