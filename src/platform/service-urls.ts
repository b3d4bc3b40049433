import { isClusterUrl, readClusterUrl } from './cluster-url.ts';
import { homeAdminVariable, homeVariable, OWN_HOMES, readHomes, reportHomeless } from './database-homes.ts';
import type { EnvironmentReader } from './environment.ts';
import { readRedisTls } from './redis-tls.ts';
import type { Role } from './roles.ts';
import { isSentinelUrl, readSentinelUrl } from './sentinel-url.ts';
import {
  DATABASE_SERVICES,
  type DatabaseService,
  REDIS_SERVICES,
  type RedisService,
  type ServiceUrls,
} from './services.ts';

interface Server<Service extends string> {
  /** The variable for all; `_SERVICE` behind it makes that of one. */
  readonly variable: string;
  readonly protocols: readonly string[];
  readonly services: readonly Service[];
  /** Which services a role connects as. The relay's sweeps ask the saga what it lacks. */
  readonly needs: Readonly<Record<Role, readonly Service[]>>;
}

const DATABASE: Server<DatabaseService> = {
  variable: 'DATABASE_URL',
  protocols: ['postgres:', 'postgresql:'],
  services: DATABASE_SERVICES,
  needs: {
    gateway: ['commands', 'saga', 'read'],
    // The catalogue says which products there are, and whoever commands knows who may come in.
    'inventory-api': ['commands', 'saga', 'read'],
    relay: ['relay', 'saga'],
    payment: ['commands'],
    saga: ['saga'],
    audit: ['audit'],
    webhooks: ['webhooks'],
    // Only the owner may make read models anew, and look at every table.
    upkeep: ['owner'],
  },
};

const REDIS: Server<RedisService> = {
  variable: 'REDIS_URL',
  protocols: ['redis:', 'rediss:', 'redis+sentinel:', 'rediss+sentinel:', 'redis+cluster:', 'rediss+cluster:'],
  services: REDIS_SERVICES,
  needs: {
    gateway: ['gateway'],
    // How often one may ask is counted for both together.
    'inventory-api': ['gateway'],
    relay: ['relay'],
    payment: ['payment'],
    saga: ['saga'],
    audit: ['audit'],
    webhooks: ['webhooks'],
    upkeep: ['upkeep'],
  },
};

/** The variable of one service: `DATABASE_URL_SAGA`. */
export const variableOf = (variable: string, service: string): string => `${variable}_${service.toUpperCase()}`;

const present = <Service extends string>(entries: readonly (readonly [Service, string | undefined])[]) =>
  Object.fromEntries(entries.filter(([, url]) => url !== undefined)) as ServiceUrls<Service>;

const reportMissing = <Service extends string>(
  { variable, needs }: Server<Service>,
  given: ServiceUrls<Service>,
  { roles, problems }: { readonly roles: readonly Role[]; readonly problems: string[] },
): void => {
  const needed = new Set(roles.flatMap((role) => needs[role]));
  const missing = [...needed].filter((service) => given[service] === undefined);
  if (missing.length === 0) return;
  const names = missing.map((service) => variableOf(variable, service)).join(', ');
  problems.push(`${names}: set it, too, or ${variable} for all that have no URL of their own.`);
};

interface Read<Service extends string> {
  readonly url: string | undefined;
  readonly urls: ServiceUrls<Service>;
}

/** The driver takes one host, and would look for one whose name has a comma. */
const namesSeveralHosts = (given: string): boolean => {
  const [, hosts = ''] = /^postgres(?:ql)?:\/\/(?:[^/?#]*@)?([^@/?#]*)/.exec(given) ?? [];
  return hosts.includes(',');
};

/** Undefined where it is a URL as others are, too. */
const severalHostsIn = (given: string, protocols: readonly string[]) => {
  if (isSentinelUrl(given) && protocols.some(isSentinelUrl)) return readSentinelUrl(given);
  return isClusterUrl(given) && protocols.some(isClusterUrl) ? readClusterUrl(given) : undefined;
};

/** With commas in it, such a URL is none to others. */
const readUrl = ({ text, url, problems }: EnvironmentReader, variable: string, protocols: readonly string[]) => {
  const given = text(variable) ?? '';
  if (namesSeveralHosts(given)) {
    problems.push(`${variable} names several hosts: give it one address, which leads to whichever is the primary.`);
    return undefined;
  }
  const read = severalHostsIn(given, protocols);
  if (read === undefined) return url(variable, protocols);
  if (read.ok) return given;
  problems.push(`${variable} ${read.error}.`);
  return undefined;
};

/** Without a URL for all, services that this process does not need stay without one that they would ever use. */
const readServer = <Service extends string>(
  server: Server<Service>,
  reader: EnvironmentReader,
  roles: readonly Role[],
): Read<Service> => {
  const { variable, protocols, services } = server;
  const url = (name: string) => readUrl(reader, name, protocols);
  const forAll = url(variable);
  const given = present(services.map((service) => [service, url(variableOf(variable, service))] as const));
  const [first] = Object.values<string | undefined>(given);
  if (first === undefined) return { url: forAll, urls: present<Service>([]) };
  if (forAll === undefined) reportMissing(server, given, { roles, problems: reader.problems });
  return {
    url: forAll ?? first,
    urls: present(services.map((service) => [service, given[service] ?? forAll] as const)),
  };
};

/** Whoever may make roles and users: `npm run roles` comes as them, and nothing else of panier does. */
export const readAdministratorUrls = (reader: EnvironmentReader) => {
  const redisUrl = readUrl(reader, 'REDIS_ADMIN_URL', REDIS.protocols);
  const readDatabase = (variable: string) => readUrl(reader, variable, DATABASE.protocols);
  const databaseUrl = readDatabase('DATABASE_ADMIN_URL');
  const databaseHomes = readHomes(readDatabase, homeAdminVariable);
  reportHomeless({ databaseUrl, homes: databaseHomes, variableOf: homeAdminVariable }, reader);
  return { databaseUrl, databaseHomes, redisUrl, redisTls: readRedisTls(reader, [redisUrl]) };
};

/** `DATABASE_URL`, `REDIS_URL`, and what stands behind them for single services: `DATABASE_URL_SAGA` … */
export const readServiceUrls = (reader: EnvironmentReader, roles: readonly Role[]) => {
  const database = readServer(DATABASE, reader, roles);
  const redis = readServer(REDIS, reader, roles);
  const databaseHomes = readHomes((variable) => readUrl(reader, variable, DATABASE.protocols));
  reportHomeless({ databaseUrl: database.url, homes: databaseHomes, variableOf: homeVariable }, reader);
  return {
    databaseUrl: database.url,
    databaseHomes,
    databaseUrls: database.urls,
    redisUrl: redis.url,
    redisUrls: redis.urls,
    redisTls: readRedisTls(reader, [redis.url, ...Object.values(redis.urls)]),
  };
};

const named = <Service extends string>({ variable }: Server<Service>, urls: ServiceUrls<Service>) =>
  Object.entries<string | undefined>(urls).map(([service, url]) => [variableOf(variable, service), url ?? ''] as const);

interface AllUrls {
  readonly databaseUrls: ServiceUrls<DatabaseService>;
  readonly redisUrls: ServiceUrls<RedisService>;
}

/** As the environment says them: what `npm run roles` prints. */
export const environmentOf = ({ databaseUrls, redisUrls }: AllUrls): Readonly<Record<string, string>> =>
  Object.fromEntries([...named(DATABASE, databaseUrls), ...named(REDIS, redisUrls)]);

const variablesFor = <Service extends string>({ variable, needs }: Server<Service>, role: Role): readonly string[] => [
  variable,
  ...needs[role].map((service) => variableOf(variable, service)),
];

/** The variables that tell a role where its servers are: those for all, and those of the services that it comes as. */
export const urlVariablesOf = (role: Role): readonly string[] => [
  ...variablesFor(DATABASE, role),
  ...OWN_HOMES.map(homeVariable),
  ...variablesFor(REDIS, role),
];
