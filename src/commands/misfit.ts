import type { Allowed } from '../events/index.ts';
import { err, type Result } from '../platform/index.ts';

/** Where a value stands in a command: `['quantity']`, `['items', '3', 'quantity']`. */
export type Path = readonly string[];

/** Why a value is not taken, and what would be. */
export interface Misfit {
  readonly message: string;
  /** Left out when it is about no one value. */
  readonly path?: Path;
  readonly allowed?: Allowed;
}

/** As a message has it: `items[3].quantity`. */
export const spoken = (path: Path): string => path.join('.').replaceAll(/\.(\d+)/g, '[$1]');

/** The message begins with what the value is called: `quantity is a whole number …`. */
export const misfit = (path: Path, why: string, allowed?: Allowed): Result<never, Misfit> =>
  err({ path, message: `${spoken(path)}${why}`, ...(allowed === undefined ? {} : { allowed }) });
