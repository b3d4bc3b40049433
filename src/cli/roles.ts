import { parseArgs } from 'node:util';
import { type ServiceRole, tryAdministrator } from '../database/index.ts';
import {
  type DatabaseHome,
  homeVariable,
  REDIS_SERVICES,
  readAdministrators,
  readProcessConfig,
  variableOf,
} from '../platform/index.ts';
import { readRunningServers } from '../servers/index.ts';
import { ACCESS_PREFIX, newPassword, StartupError, urlAs, userOf } from '../startup/index.ts';
import { explain } from './explain.ts';
import { makeRolesAt } from './roles/make-roles-at.ts';
import { makeUsersAt, type RedisAddress, tryRedis } from './roles/make-users-at.ts';

const USAGE = `Usage: DATABASE_ADMIN_URL=… REDIS_ADMIN_URL=… npm run --silent roles [-- options]

Makes a role of PostgreSQL and a user of Redis for each of panier's services, with what it needs and nothing else, and
prints what to set. Either URL may be left out. Again, it changes nothing. Without both it prints what the embedded
servers of a panier that runs have already. With a PostgreSQL for each service it takes DATABASE_ADMIN_URL_WRITE,
DATABASE_ADMIN_URL_SAGA and DATABASE_ADMIN_URL_AUDIT beside the first. Where processes are to have a PANIER_REDIS_PREFIX, set it here as well.

  --prefix NAME      what the names begin with (${ACCESS_PREFIX}), where servers are shared
  --new-passwords    gives those that are there new passwords, too
`;

interface Options {
  readonly prefix: string;
  readonly newPasswords: boolean;
  readonly help: boolean;
}

const readOptions = (): Options => {
  const options = {
    prefix: { type: 'string', default: ACCESS_PREFIX },
    'new-passwords': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    const { values } = parseArgs({ options });
    return { prefix: values.prefix, newPasswords: values['new-passwords'], help: values.help };
  } catch (error) {
    throw new StartupError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
};

type Administrators = ReturnType<typeof readAdministrators>;

const line = (variable: string, url: string): string => `${variable}=${url}`;

const kept = (variable: string, name: string): string =>
  `# ${variable}: ${name} is there, and keeps its password (--new-passwords gives it another)`;

const postgresLine = (url: string, { service, name, password }: ServiceRole): string => {
  const variable = variableOf('DATABASE_URL', service);
  return password === undefined ? kept(variable, name) : line(variable, urlAs(url, name, password));
};

const urlsOf = ({ databaseUrl, databaseHomes }: Administrators): readonly string[] =>
  databaseUrl === undefined ? [] : [databaseUrl, ...Object.values(databaseHomes)];

const inPostgres = async (administrators: Administrators, options: Options): Promise<readonly string[]> => {
  const [url, ...others] = urlsOf(administrators);
  if (url === undefined) return [];
  const homes = Object.entries(administrators.databaseHomes) as [DatabaseHome, string][];
  const roles = await makeRolesAt([url, ...others], options);
  return [
    ...roles.map((role) => postgresLine(url, role)),
    ...homes.map(([home, each]) => line(homeVariable(home), urlAs(each, '', ''))),
  ];
};

const inRedis = async ({ url, tls }: RedisAddress, { prefix, newPasswords }: Options): Promise<readonly string[]> => {
  const { redisPrefix } = readProcessConfig();
  const made = REDIS_SERVICES.map((service) => ({ service, password: newPassword() }));
  const users = made.map(({ service, password }) => userOf({ prefix, redisPrefix, service, password }));
  const { fresh, notes } = await makeUsersAt({ url, tls }, users, { newPasswords });
  const lines = made.map(({ service, password }) => {
    const [variable, name] = [variableOf('REDIS_URL', service), `${prefix}_${service}`];
    return fresh.has(name) ? line(variable, urlAs(url, name, password)) : kept(variable, name);
  });
  return [...lines, ...notes];
};

const ofEmbedded = (): readonly string[] => {
  const { dataDir } = readProcessConfig();
  const running = readRunningServers(dataDir);
  if (running === undefined)
    throw new StartupError(
      `No server: set DATABASE_ADMIN_URL and REDIS_ADMIN_URL, or start panier (npm start), whose own servers have roles already. Looked in ${dataDir}.`,
    );
  return Object.entries(running.environment).map(([variable, url]) => line(variable, url));
};

const print = (lines: readonly string[]): void => void process.stdout.write(lines.map((each) => `${each}\n`).join(''));

/** What a server has is printed before the next one is changed: a password that was set and not told is lost. */
const make = async (administrators: Administrators, options: Options): Promise<void> => {
  const { redisUrl: url, redisTls: tls } = administrators;
  for (const each of urlsOf(administrators)) await tryAdministrator(each);
  if (url !== undefined) await tryRedis({ url, tls });
  print(await inPostgres(administrators, options));
  if (url !== undefined) print(await inRedis({ url, tls }, options));
};

const run = async (): Promise<void> => {
  const options = readOptions();
  if (options.help) return void process.stdout.write(USAGE);
  const administrators = readAdministrators();
  const { databaseUrl, redisUrl } = administrators;
  if (databaseUrl === undefined && redisUrl === undefined) return print(ofEmbedded());
  await make(administrators, options);
};

try {
  await run();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
