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

export interface CursorCodec<K> {
  readonly encode: (key: K) => string;
  /** @throws {InvalidCursor} */
  readonly decode: (cursor: string) => K;
}

export const keysetOf = <K>({ first, last, after, before }: PageRequest, { decode }: CursorCodec<K>): Keyset<K> => {
  const size = first ?? last ?? 0;
  return {
    forward: first != null,
    size,
    limit: size + 1,
    after: after == null ? null : decode(after),
    before: before == null ? null : decode(before),
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

/** A cursor that holds texts, none of which contains a space. */
export const textCursor = (pattern: RegExp): CursorCodec<readonly string[]> => ({
  encode: (key) => Buffer.from(key.join(' ')).toString('base64url'),
  decode: (cursor) => {
    const text = Buffer.from(cursor, 'base64url').toString();
    if (!pattern.test(text)) throw new InvalidCursor('The cursor is not one of this list.');
    return text.split(' ');
  },
});
