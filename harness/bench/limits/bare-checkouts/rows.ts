import { type PoolClient } from 'pg';
import { runnerOn, statement } from '../../../../src/database/index.ts';

/** A column: its name, its type, and what it holds of an item. */
export type Column<Item> = readonly [name: string, sqlType: string, of: (item: Item) => unknown];

interface Positioned {
  readonly position: string;
}

/** Runs a statement once for all items; their positions, where it returns them. */
export type ForAll<Item> = (client: PoolClient, items: readonly Item[]) => Promise<readonly Positioned[]>;

export const namesOf = <Item>(columns: readonly Column<Item>[]): string => columns.map(([name]) => name).join(', ');

/** `unnest($1::text[], …)`, one array for each column. */
export const unnested = <Item>(columns: readonly Column<Item>[]): string =>
  `unnest(${columns.map(([, sqlType], nth) => `$${nth + 1}::${sqlType}[]`).join(', ')})`;

/** A statement with an array of parameters for each column. */
export const forAll = <Item>(columns: readonly Column<Item>[], text: string): ForAll<Item> => {
  const execute = statement<Positioned>(text);
  return (client, items) =>
    execute(
      runnerOn(client),
      columns.map(([, , of]) => items.map(of)),
    );
};

/** Adds a row for each item. */
export const inserting = <Item>(table: string, columns: readonly Column<Item>[], then = ''): ForAll<Item> =>
  forAll(columns, `insert into ${table} (${namesOf(columns)}) select * from ${unnested(columns)} ${then}`);

const setTo = <Item>(columns: readonly Column<Item>[], value: (name: string) => string): string =>
  columns
    .slice(1)
    .map(([name]) => `${name} = ${value(name)}`)
    .join(', ');

const keyOf = <Item>(columns: readonly Column<Item>[]): string => columns[0]?.[0] ?? '';

/** Replaces, in the row that has the first column's value, what the other columns are. */
export const updating = <Item>(table: string, columns: readonly Column<Item>[]): ForAll<Item> =>
  forAll(
    columns,
    `update ${table} as kept set ${setTo(columns, (name) => `given.${name}`)}
     from ${unnested(columns)} as given (${namesOf(columns)}) where kept.${keyOf(columns)} = given.${keyOf(columns)}`,
  );

/** Adds the other columns to those of the row that has the first column's value; rows are locked in the order of that. */
export const addingTo = <Item>(table: string, columns: readonly Column<Item>[]): ForAll<Item> => {
  const key = keyOf(columns);
  return forAll(
    columns,
    `with given (${namesOf(columns)}) as (select * from ${unnested(columns)}),
      locked as (select ${key} from ${table} where ${key} in (select ${key} from given) order by ${key} for update)
     update ${table} as kept set ${setTo(columns, (name) => `kept.${name} + given.${name}`)}
     from given join locked using (${key}) where kept.${key} = given.${key}`,
  );
};

/** Takes out the rows that have the column's value. */
export const deleting = <Item>(table: string, column: Column<Item>): ForAll<Item> =>
  forAll([column], `delete from ${table} where ${column[0]} = any($1::${column[1]}[])`);

const BEGIN = { name: 'begin', text: 'begin' };
const COMMIT = { name: 'commit', text: 'commit' };

/** All of it in one transaction and one trip. */
export const together = async <T>(client: PoolClient, send: () => readonly Promise<T>[]): Promise<readonly T[]> => {
  const begun = client.query(BEGIN);
  const sent = Promise.all(send());
  const [answers] = await Promise.all([sent, begun, client.query(COMMIT)]);
  return answers;
};

/** The same in two: what is sent second may know what the first returned. */
export const inTwo = async (
  client: PoolClient,
  first: () => Promise<readonly Positioned[]>,
  second: (positions: readonly string[]) => readonly Promise<unknown>[],
): Promise<readonly string[]> => {
  const begun = client.query(BEGIN);
  const [returned] = await Promise.all([first(), begun]);
  const positions = returned.map(({ position }) => position);
  await Promise.all([...second(positions), client.query(COMMIT)]);
  return positions;
};
