import { InvalidCursor, type Page } from '../read/index.ts';
import { badUserInput } from './failures.ts';
import type { PageWindow } from './page-args.ts';

/** @throws a GraphQL error with code `BAD_USER_INPUT` when a cursor is not one of this list. */
export const readPage = async <T>(
  window: PageWindow,
  read: (window: PageWindow) => Promise<Page<T>>,
): Promise<Page<T>> => {
  try {
    return await read(window);
  } catch (error) {
    if (error instanceof InvalidCursor) throw malformedCursor([error.side]);
    throw error;
  }
};

/** What was handed in there is none, or one of another list. */
export const malformedCursor = (path: readonly string[]) =>
  badUserInput(`${path.at(-1)} is not a cursor of this list: pass on one that an earlier answer gave.`, { path });
