import { isSearchable, MAX_SEARCH } from '../read/index.ts';
import { badUserInput } from './failures.ts';

/** @throws a GraphQL error with code `BAD_USER_INPUT` for a text without a word to look for, or that is too long. */
export const assertSearch = (name: string, text: string | null | undefined): void => {
  if (text === null || text === undefined) return;
  const path = name.split('.');
  if (text.length > MAX_SEARCH)
    throw badUserInput(`${name} has at most ${MAX_SEARCH} characters.`, {
      path,
      allowed: { type: 'string', maxLength: MAX_SEARCH },
    });
  if (!isSearchable(text))
    throw badUserInput(`${name} has no letter and no digit: give a word, or leave it out.`, { path });
};
