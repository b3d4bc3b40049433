import type { Panier } from '../main.ts';
import { type Config, readProcessConfig } from '../platform/index.ts';
import type { Servers } from '../servers/index.ts';
import { explain } from './explain.ts';
import { interrupted } from './interrupted.ts';
import { runPanier } from './run-panier.ts';

const say = (line: string): void => console.log(line);

const place = (given: string | undefined, embedded: string): string => (given === undefined ? embedded : 'yours');

const banner = ({ url }: Panier, config: Config, servers: Servers): string => {
  const lines = [
    `panier is running (${config.roles.join(', ')}).`,
    '',
    ...(url === null ? [] : [`  GraphiQL    ${url.replace('127.0.0.1', 'localhost')}/graphql`]),
    `  PostgreSQL  ${place(config.databaseUrl, portOf(servers.databaseUrl))}`,
    `  Redis       ${place(config.redisUrl, portOf(servers.redisUrl))}`,
    ...dataLine(config),
    '',
    '  npm run demo plays three sagas against it. Ctrl-C stops.',
  ];
  return lines.join('\n');
};

/** Nothing lies here when both servers are somebody else's. */
const dataLine = ({ databaseUrl, redisUrl, dataDir }: Config): readonly string[] =>
  databaseUrl !== undefined && redisUrl !== undefined
    ? []
    : [`  Data        ${dataDir}  (servers.json there has the URLs of its servers)`];

const portOf = (url: string): string => `embedded, on port ${new URL(url).port}`;

const run = async (): Promise<void> => {
  const config = readProcessConfig(process.argv.slice(2));
  const { promise: stop, resolve } = Promise.withResolvers<void>();
  const onServers = (servers: Servers): void => resolve(interrupted(servers));
  await using running = await runPanier({ config, say, onServers });
  say(banner(running.panier, config, running.servers));
  await stop;
  say('panier stops …');
};

try {
  await run();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
