import { statement, type Tx } from '../database/index.ts';

/** A column: its name, its type in SQL, and its value in a row of the read model. */
export type Column<Row> = readonly [name: string, sqlType: string, of: (row: Row) => unknown];

/** Writes rows with one statement, whatever their number; a row whose key is there already is replaced. The first column is the key. */
export const upsert = <Row>(table: string, columns: readonly Column<Row>[]) => {
  const names = columns.map(([name]) => name);
  const [key = '', ...others] = names;
  const write = statement(`
    insert into ${table} (${names.join(', ')})
    select * from unnest(${columns.map(([, sqlType], index) => `$${index + 1}::${sqlType}[]`).join(', ')})
    on conflict (${key}) do update set ${others.map((name) => `${name} = excluded.${name}`).join(', ')}`);
  return async (tx: Tx, rows: readonly Row[]): Promise<void> => {
    if (rows.length === 0) return;
    const values = columns.map(([, , of]) => rows.map(of));
    await write(tx, values);
  };
};
