import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isRoot } from './shell.ts';

const NOBODY = 65_534;

/** Gives a directory to whom PostgreSQL runs as. */
export const giveToPostgres = (directory: string): void => {
  if (isRoot()) chownSync(directory, NOBODY, NOBODY);
};

/** Directories beside one another, of whom PostgreSQL runs as. */
export const makePlaces = <Name extends string>(
  directory: string,
  names: readonly Name[],
): Readonly<Record<Name, string>> => {
  const places = names.map((name) => {
    const place = join(directory, name);
    mkdirSync(place, { mode: 0o700, recursive: true });
    giveToPostgres(place);
    return [name, place] as const;
  });
  return Object.fromEntries(places) as Record<Name, string>;
};
