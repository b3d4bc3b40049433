import { readFileSync } from 'node:fs';

/** What package-lock.json says of one package. */
export interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly license?: string;
  readonly engines?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Lock {
  packages: Record<string, LockEntry>;
}

export const LOCK = 'package-lock.json';

export const readLock = (): Lock => JSON.parse(readFileSync(LOCK, 'utf8')) as Lock;

/** `node_modules/a/node_modules/@b/c` is the package `@b/c`. */
export const packageAt = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
