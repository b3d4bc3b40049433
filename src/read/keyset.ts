import type { Token } from '../events/index.ts';

/** The first, or else the last, so many of a list, between two opaque cursors. */
export interface PageRequest {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

export interface Page<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** The client handed back a cursor that panier did not make. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}

/** A request read: which way to go, how many rows to ask for (one more than wanted), and the keys to stay between. */
export interface Keyset<K> {
  readonly forward: boolean;
  readonly size: number;
  readonly limit: number;
  readonly after: K | null;
  readonly before: K | null;
}

type Key = readonly unknown[];

const keyIn = <K extends Key>(cursor: string | null | undefined, token: Token<K>): K | null => {
  if (cursor === null || cursor === undefined) return null;
  const key = token.decode(cursor);
  if (key === null) throw new InvalidCursor('The cursor is not one of this list.');
  return key;
};

/** @throws {InvalidCursor} */
export const keysetOf = <K extends Key>({ first, last, after, before }: PageRequest, cursor: Token<K>): Keyset<K> => {
  const size = first ?? last ?? 0;
  return {
    forward: first != null,
    size,
    limit: size + 1,
    after: keyIn(after, cursor),
    before: keyIn(before, cursor),
  };
};

/** The page that the found nodes make; they come in the direction of the search. */
export const pageOf = <T, K>(
  { forward, size, after, before }: Keyset<K>,
  nodes: readonly T[],
  cursorOf: (node: T) => string,
): Page<T> => {
  const edges = nodes.slice(0, size).map((node) => ({ cursor: cursorOf(node), node }));
  const goesOn = nodes.length > size;
  return {
    edges: forward ? edges : edges.toReversed(),
    hasNextPage: forward ? goesOn : before !== null,
    hasPreviousPage: forward ? after !== null : goesOn,
  };
};
