import {
  adoptIdentity,
  type DatabaseIdentity,
  type Db,
  databaseIdentity,
  databasePlace,
  hasEvents,
  homesIn,
  leaveHomes,
  runningProcessNames,
} from '../database/index.ts';
import {
  DATABASE_HOMES,
  type DatabaseHome,
  type DatabaseUrls,
  databaseUrlOf,
  homeVariable,
} from '../platform/index.ts';
import type { DatabaseAt } from './pools.ts';
import { reach, refuse } from './reach.ts';

interface Parts {
  readonly urls: DatabaseUrls;
  readonly at: DatabaseAt;
  /** Whether this process may come as the owner. */
  readonly mayOwn: boolean;
}

/** A database, and the homes that the configuration has there. */
interface Server {
  /** The first home says how it is called. */
  readonly home: DatabaseHome;
  readonly homes: readonly DatabaseHome[];
  readonly db: Db;
  readonly owner: Db | null;
}

/** Each by what it says itself: two addresses may lead to one. */
const placesOf = async ({ urls, at }: Parts): Promise<ReadonlyMap<DatabaseHome, string>> => {
  const byUrl = new Map<string, string>();
  const places = new Map<DatabaseHome, string>();
  for (const home of DATABASE_HOMES) {
    const url = databaseUrlOf(urls, 'read', home);
    const place = byUrl.get(url) ?? (await reach(homeVariable(home), url, () => databasePlace(at('read', home).db)));
    byUrl.set(url, place);
    places.set(home, place);
  }
  return places;
};

const changedNow = (home: DatabaseHome): string =>
  `${homeVariable(home)} leads to another server than a moment ago, or to one that was just started: start this process again.`;

/**
 * @throws {StartupError} when a server is started, or another one takes its place, meanwhile: what is one database would
 * look like two, and lose its homes.
 */
const serversOf = async (parts: Parts): Promise<readonly Server[]> => {
  const { at, mayOwn } = parts;
  const [found, again] = [await placesOf(parts), await placesOf(parts)];
  refuse(DATABASE_HOMES.filter((home) => found.get(home) !== again.get(home)).map(changedNow));
  const places = Map.groupBy(DATABASE_HOMES, (home) => found.get(home));
  return [...places.values()].map((homes) => {
    const [home = 'shared'] = homes;
    return { home, homes, db: at('read', home).db, owner: mayOwn ? at('owner', home).db : null };
  });
};

const byOwner = (variable: string): string =>
  `${variable} leads to a server that is not a part of this panier yet: start a process that has DATABASE_URL_OWNER first, or set it here, too.`;

const isEmpty = async (db: Db): Promise<boolean> => {
  const there = await Promise.all(DATABASE_HOMES.map((home) => hasEvents(db, home)));
  return !there.includes(true);
};

/** All databases of a panier have one identity: what one of them says of itself, and seals its events with, holds for all. */
const join = async ({ home, db, owner }: Server, identity: DatabaseIdentity): Promise<void> => {
  const own = await databaseIdentity(db);
  if (own.id === identity.id) return;
  const variable = homeVariable(home);
  if (owner === null) return refuse([byOwner(variable)]);
  if (!(await isEmpty(owner)))
    refuse([
      `${variable} is the database of another panier, not of the one at DATABASE_URL: set it to an empty database, or to a copy of that one.`,
    ]);
  await adoptIdentity(owner, identity);
};

const movedSilently = (home: DatabaseHome): string =>
  `There are events at the home that ${home} had so far, and none where ${homeVariable(home)} leads: stop all of panier and copy ` +
  'the whole database there first (pg_dump, pg_restore).';

const underWork = (names: readonly string[]): string =>
  `Processes run (${names.join(', ')}) that write where they did so far: stop them before a home moves to another server. ` +
  'One that was killed counts for fifteen seconds.';

/** What it leaves is written nowhere but at its new place from then on. */
const leave = async (server: Server, homes: readonly DatabaseHome[], { at }: Parts): Promise<void> => {
  const { home, owner } = server;
  if (owner === null) return refuse([byOwner(homeVariable(home))]);
  for (const each of homes)
    if ((await hasEvents(owner, each)) && !(await hasEvents(at('owner', each).db, each))) refuse([movedSilently(each)]);
  const names = await runningProcessNames(at('owner', 'shared').db);
  // Another start may have moved it just now, and runs already.
  const there = await homesIn(owner);
  if (names.length > 0 && homes.some((each) => there.has(each))) refuse([underWork(names)]);
  await leaveHomes(owner, homes);
};

const settle = async (server: Server, parts: Parts): Promise<void> => {
  const { home, homes, db } = server;
  const there = await homesIn(db);
  const missing = homes.filter((each) => !there.has(each));
  refuse(
    missing.map(
      (each) =>
        `${homeVariable(home)} is not where the home ${each} is: it was moved to another server. Set ${homeVariable(each)} to that one.`,
    ),
  );
  const left = [...there].filter((each) => !homes.includes(each));
  if (left.length > 0) await leave(server, left, parts);
};

/**
 * Sees to it that every home is where it was, and that all databases are of one panier: a URL that was forgotten would lead to
 * tables that nobody has written to since, and answer. @returns whose they are @throws {StartupError}
 */
export const settleHomes = async (parts: Parts): Promise<DatabaseIdentity> => {
  const identity = await databaseIdentity(parts.at('read', 'shared').db);
  const servers = await serversOf(parts);
  for (const server of servers) await join(server, identity);
  for (const server of servers) await settle(server, parts);
  return identity;
};
