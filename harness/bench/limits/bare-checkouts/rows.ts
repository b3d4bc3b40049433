import type { PoolClient, QueryResult } from 'pg';
import { arrayLiteral } from '../../../../src/database/array-literal.ts';

/** A column: its name, its type, and what it holds of an item. */
export type Column<Item> = readonly [name: string, sqlType: string, of: (item: Item) => unknown];

export interface Statement<Item> {
  readonly name: string;
  readonly text: string;
  readonly columns: readonly Column<Item>[];
}

export const namesOf = <Item>(columns: readonly Column<Item>[]): string => columns.map(([name]) => name).join(', ');

/** `unnest($1::text[], …)`, one array for each column. */
export const unnested = <Item>(columns: readonly Column<Item>[]): string =>
  `unnest(${columns.map(([, sqlType], nth) => `$${nth + 1}::${sqlType}[]`).join(', ')})`;

/** Adds a row for each item. */
export const inserting = <Item>(table: string, columns: readonly Column<Item>[], then = ''): Statement<Item> => ({
  name: `bare insert ${table}`,
  text: `insert into ${table} (${namesOf(columns)}) select * from ${unnested(columns)} ${then}`,
  columns,
});

/** Replaces, in the row that has the first column's value, what the other columns are. */
export const updating = <Item>(table: string, columns: readonly Column<Item>[]): Statement<Item> => {
  const [[key = ''] = [], ...others] = columns;
  const set = others.map(([name]) => `${name} = given.${name}`).join(', ');
  return {
    name: `bare update ${table} of ${columns.length}`,
    text: `update ${table} as kept set ${set} from ${unnested(columns)} as given (${namesOf(columns)}) where kept.${key} = given.${key}`,
    columns,
  };
};

/** Adds the second and further columns to those of the row that has the first column's value; in the order of that. */
export const addingTo = <Item>(table: string, columns: readonly Column<Item>[]): Statement<Item> => {
  const [[key = ''] = [], ...others] = columns;
  const set = others.map(([name]) => `${name} = kept.${name} + given.${name}`).join(', ');
  return {
    name: `bare add ${table}`,
    text: `with given (${namesOf(columns)}) as (select * from ${unnested(columns)}),
      locked as (select ${key} from ${table} where ${key} in (select ${key} from given) order by ${key} for update)
      update ${table} as kept set ${set} from given join locked using (${key}) where kept.${key} = given.${key}`,
    columns,
  };
};

/** Takes out the rows that have the first column's value. */
export const deleting = <Item>(table: string, columns: readonly Column<Item>[]): Statement<Item> => ({
  name: `bare delete ${table}`,
  text: `delete from ${table} where ${columns[0]?.[0]} = any($1::${columns[0]?.[1]}[])`,
  columns,
});

/** Sends a statement for all items; what is sent together waits for no other's answer. */
export const run = <Item>(
  client: PoolClient,
  { name, text, columns }: Statement<Item>,
  items: readonly Item[],
): Promise<QueryResult<{ position: string }>> =>
  client.query({ name, text, values: columns.map(([, , of]) => arrayLiteral(items.map(of))) });

const BEGIN = { name: 'begin', text: 'begin' };
const COMMIT = { name: 'commit', text: 'commit' };

/** All of it in one transaction and one trip. */
export const together = async <T>(client: PoolClient, send: () => readonly Promise<T>[]): Promise<readonly T[]> => {
  const begun = client.query(BEGIN);
  const sent = send();
  const [, answers] = await Promise.all([begun, Promise.all(sent), client.query(COMMIT)]);
  return answers;
};
