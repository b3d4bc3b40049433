import type { EnvironmentReader } from './environment.ts';
import type { DatabaseHome, DatabaseService, ServiceUrls } from './services.ts';

/** Homes that may be on a server of their own. */
export type OwnHome = Exclude<DatabaseHome, 'shared'>;

/** The server of each home that is not on that of all. */
export type HomeUrls = Readonly<Partial<Record<OwnHome, string>>>;

/** Where PostgreSQL is, and as whom services come there. */
export interface DatabaseUrls {
  readonly databaseUrl: string;
  readonly databaseUrls?: ServiceUrls<DatabaseService>;
  readonly databaseHomes?: HomeUrls;
}

const VARIABLES = {
  write: 'PANIER_WRITE_DATABASE_URL',
  saga: 'PANIER_SAGA_DATABASE_URL',
  audit: 'PANIER_AUDIT_DATABASE_URL',
} as const satisfies Readonly<Record<OwnHome, string>>;

export const OWN_HOMES = ['write', 'saga', 'audit'] as const satisfies readonly OwnHome[];

/** The variable that says where a home is. */
export const homeVariable = (home: DatabaseHome): string => (home === 'shared' ? 'DATABASE_URL' : VARIABLES[home]);

/** The same for whoever may make roles there. */
export const homeAdminVariable = (home: DatabaseHome): string =>
  home === 'shared' ? 'DATABASE_ADMIN_URL' : `DATABASE_ADMIN_URL_${home.toUpperCase()}`;

type ReadUrl = (variable: string) => string | undefined;

/** By home, as far as they are said; `variableOf` names them. */
export const readHomes = (readUrl: ReadUrl, variableOf: (home: DatabaseHome) => string = homeVariable): HomeUrls =>
  Object.fromEntries(
    OWN_HOMES.map((home) => [home, readUrl(variableOf(home))] as const).filter(([, url]) => url !== undefined),
  );

interface Housed {
  readonly databaseUrl: string | undefined;
  readonly homes: HomeUrls;
  readonly variableOf: (home: DatabaseHome) => string;
}

/** A server for some, and none that is said for the rest, would leave these to a server that panier starts itself. */
export const reportHomeless = (
  { databaseUrl, homes, variableOf }: Housed,
  { problems }: Pick<EnvironmentReader, 'problems'>,
): void => {
  const [first] = OWN_HOMES.filter((home) => homes[home] !== undefined);
  if (first === undefined || databaseUrl !== undefined) return;
  problems.push(
    `${variableOf(first)} is set, and ${variableOf('shared')} is not: set it, too. What all services share is there, and whatever has no server of its own.`,
  );
};

const databaseUrlAs = (where: string, whom: string): string => {
  const [url, { username, password }] = [new URL(where), new URL(whom)];
  url.username = username;
  url.password = password;
  return url.href;
};

/** Where a service finds what is at a home: the home says where, the service's own URL as whom. */
export const databaseUrlOf = (
  { databaseUrl, databaseUrls = {}, databaseHomes = {} }: DatabaseUrls,
  service: DatabaseService,
  home: DatabaseHome,
): string => {
  const own = databaseUrls[service] ?? databaseUrl;
  const where = home === 'shared' ? undefined : databaseHomes[home];
  if (where === undefined) return own;
  const comesAsSomebody = Object.keys(databaseUrls).length > 0;
  return comesAsSomebody ? databaseUrlAs(where, own) : where;
};

/** Where somebody finds each home. */
export type DatabaseAddresses = Readonly<Record<DatabaseHome, string>>;

export const databaseAddresses = (urls: DatabaseUrls, service: DatabaseService): DatabaseAddresses => ({
  shared: databaseUrlOf(urls, service, 'shared'),
  write: databaseUrlOf(urls, service, 'write'),
  saga: databaseUrlOf(urls, service, 'saga'),
  audit: databaseUrlOf(urls, service, 'audit'),
});
