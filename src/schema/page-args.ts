import { builder } from './builder.ts';
import { badUserInput } from './failures.ts';

/** How many a page holds when nothing is said. How many it may hold is configured: see `withinPages`. */
export const DEFAULT_PAGE = 20;

/** The arguments of every field that answers with a page. */
export const pageArgs = builder.args((t) => ({
  first: t.int({
    description:
      'How many from the start, or after `after`: 1 to 100, unless configured otherwise; 20 when neither first nor last is given.',
  }),
  after: t.string({ description: 'Cursor of the edge after which the page starts.' }),
  last: t.int({
    description:
      'How many from the end, or before `before`: 1 to 100, unless configured otherwise. Not together with first.',
  }),
  before: t.string({ description: 'Cursor of the edge before which the page ends.' }),
}));

interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** A checked page request: exactly one of `first` and `last` is set, within its bounds. */
export interface PageWindow {
  readonly first: number | null;
  readonly last: number | null;
  readonly after: string | null;
  readonly before: string | null;
}

const assertPageSize = (name: string, size: number): void => {
  if (size >= 1) return;
  throw badUserInput(`${name} is ${size}: ask for 1 or more.`, {
    path: [name],
    allowed: { type: 'integer', minimum: 1 },
  });
};

/** @throws a GraphQL error with code `BAD_USER_INPUT` when a page size is less than 1 or both are given. */
export const pageWindow = ({ first = null, after = null, last = null, before = null }: PageArgs): PageWindow => {
  if (first !== null && last !== null)
    throw badUserInput('first and last exclude each other: give one of them.', { path: ['last'] });
  if (first !== null) assertPageSize('first', first);
  if (last !== null) assertPageSize('last', last);
  return { first: last === null ? (first ?? DEFAULT_PAGE) : null, last, after, before };
};
