import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database/index.ts';
import type { Token } from '../events/index.ts';
import { columnOf, LIVE, rowReader, selectionOf, type Table } from '../projection/index.ts';
import { byCodePoints } from './by-code-points.ts';

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

type Side = 'after' | 'before';

/** The client handed back a cursor that panier did not make. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
  /** The side of the list on which it was handed in. */
  readonly side: Side;

  constructor(side: Side) {
    super(`The cursor ${side} is not one of this list.`);
    this.side = side;
  }
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

const keyIn = <K extends Key>(request: PageRequest, side: Side, token: Token<K>): K | null => {
  const cursor = request[side];
  if (cursor === null || cursor === undefined) return null;
  const key = token.decode(cursor);
  if (key === null) throw new InvalidCursor(side);
  return key;
};

/** @throws {InvalidCursor} */
export const keysetOf = <K extends Key>(request: PageRequest, cursor: Token<K>): Keyset<K> => {
  const { first, last } = request;
  const size = first ?? last ?? 0;
  return {
    forward: first != null,
    size,
    limit: size + 1,
    after: keyIn(request, 'after', cursor),
    before: keyIn(request, 'before', cursor),
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

/** The page of what the nodes are shown as; those that are not shown are left out. */
export const mapped = <T, V>({ edges, ...page }: Page<T>, viewOf: (node: T) => V | null): Page<V> => ({
  ...page,
  edges: edges.flatMap(({ cursor, node }) => {
    const view = viewOf(node);
    return view === null ? [] : [{ cursor, node: view }];
  }),
});

interface Order<Row, K extends Key> {
  readonly cursor: Token<K>;
  /** The fields that the list is in the order of; together they tell rows apart, and an index has them. */
  readonly by: readonly (keyof Row & string)[];
  readonly order: 'asc' | 'desc';
  /** What a row has in those fields. */
  readonly keyOf: (row: Row) => K;
}

/** Texts come by code points: whatever a list is in the order of, it is the same in every database. */
const orderedBy = (column: string, type: string): RawBuilder<unknown> =>
  type === 'text' ? byCodePoints(column) : sql.ref(column);

/**
 * A list of the rows of a read model, in pages that cost the same wherever they are: they begin at a key of an index. The
 * conditions restrict the list. @throws {InvalidCursor}
 */
export const listing = <Row, K extends Key>(table: Table<Row>, { cursor, by, order, keyOf }: Order<Row, K>) => {
  const types: Readonly<Record<string, string>> = table.columns;
  const rowOf = rowReader(table);
  const columns = by.map((field) => orderedBy(columnOf(field), types[field] ?? 'text'));
  const beyond = (key: K, comparison: '>' | '<'): RawBuilder<unknown> =>
    sql`(${sql.join(columns)}) ${sql.raw(comparison)} (${sql.join([...key])})`;
  const [later, earlier] = order === 'asc' ? (['>', '<'] as const) : (['<', '>'] as const);
  return async (db: Db, request: PageRequest, conditions: readonly RawBuilder<unknown>[]): Promise<Page<Row>> => {
    const keyset = keysetOf(request, cursor);
    const { forward, limit, after, before } = keyset;
    const direction = sql.raw((order === 'asc') === forward ? 'asc' : 'desc');
    const where = [
      ...conditions,
      ...(after === null ? [] : [beyond(after, later)]),
      ...(before === null ? [] : [beyond(before, earlier)]),
    ];
    const { rows } = await sql<Readonly<Record<string, unknown>>>`
      select ${sql.raw(selectionOf(table))} from ${sql.id(LIVE, table.name)}
      where ${where.length === 0 ? sql`true` : sql.join(where, sql` and `)}
      order by ${sql.join(columns.map((column) => sql`${column} ${direction}`))}
      limit ${limit}`.execute(db);
    return pageOf(keyset, rows.map(rowOf), (row) => cursor.encode(...keyOf(row)));
  };
};
