import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database/index.ts';
import type { Token } from '../events/index.ts';
import { columnOf, LIVE, rowReader, selectionOf, type Table } from '../projection/index.ts';
import { type Keyset, keysetOf, type Page, type PageRequest, pageOf } from './keyset.ts';

export type Condition = RawBuilder<unknown>;

/** A list that an index has in the order of the page, named `listed`, and what its rows must be besides. */
export interface Source {
  readonly from: Condition;
  readonly id: Condition;
  readonly conditions: readonly Condition[];
}

/** The instants that a list is restricted to: `since` or later, before `until`. */
export interface Span {
  readonly since?: string | null | undefined;
  readonly until?: string | null | undefined;
}

type Key = readonly [at: string, id: string];

interface Merging<Row> {
  readonly cursor: Token<Key>;
  /** The instant that the lists are in the order of, the newest first. */
  readonly by: keyof Row & string;
  readonly keyOf: (row: Row) => Key;
}

const spanOf = ({ since = null, until = null }: Span, at: Condition): readonly Condition[] => [
  ...(since === null ? [] : [sql`${at} >= ${since}`]),
  ...(until === null ? [] : [sql`${at} < ${until}`]),
];

const betweenKeys = ({ after, before }: Keyset<Key>, { id }: Source, at: Condition): readonly Condition[] => {
  const beyond = (comparison: '<' | '>', [instant, rowId]: Key): Condition =>
    sql`(${at}, ${id} collate "C") ${sql.raw(comparison)} (${instant}, ${rowId})`;
  return [...(after === null ? [] : [beyond('<', after)]), ...(before === null ? [] : [beyond('>', before)])];
};

/**
 * Pages of the rows of a table that are in any of the sources, the newest first: each source is read up to a page, by its
 * index, and the page is put together of them. No row may be in two. @throws {InvalidCursor}
 */
export const mergedListing = <Row>(table: Table<Row>, { cursor, by, keyOf }: Merging<Row>) => {
  const column = columnOf(by);
  const at = sql.ref(`listed.${column}`);
  const rowOf = rowReader(table);
  const cursorOf = (row: Row): string => cursor.encode(...keyOf(row));
  return async (db: Db, request: PageRequest & Span, sources: readonly Source[]): Promise<Page<Row>> => {
    const keyset = keysetOf<Key>(request, cursor);
    const direction = sql.raw(keyset.forward ? 'desc' : 'asc');
    const lists = sources.map((source) => {
      const where = [...source.conditions, ...spanOf(request, at), ...betweenKeys(keyset, source, at)];
      return sql`(select ${source.id} as id, ${at} as at from ${source.from}
        where ${where.length === 0 ? sql`true` : sql.join(where, sql` and `)}
        order by at ${direction}, ${source.id} collate "C" ${direction} limit ${keyset.limit})`;
    });
    if (lists.length === 0) return pageOf(keyset, [], cursorOf);
    const { rows } = await sql<Readonly<Record<string, unknown>>>`
      select shown.* from (
        select * from (${sql.join(lists, sql` union all `)}) as every
        order by at ${direction}, id collate "C" ${direction} limit ${keyset.limit}
      ) as page
      cross join lateral (
        select ${sql.raw(selectionOf(table))} from ${sql.id(LIVE, table.name)} as kept where kept.id = page.id offset 0
      ) as shown
      order by page.at ${direction}, page.id collate "C" ${direction}`.execute(db);
    return pageOf(keyset, rows.map(rowOf), cursorOf);
  };
};
