import { listIn, type Runner, statement } from '../database/index.ts';
import { inKeyOrder } from './key-order.ts';
import { postgresMoving } from './postgres-moving.ts';
import type { Rows, SqlType, Table } from './read-model.ts';

/** The schema that holds the read models: the one that queries read, or the one that a rebuild fills. */
export type ReadSchema = 'read' | 'read_rebuild';
export const LIVE: ReadSchema = 'read';
export const REBUILT: ReadSchema = 'read_rebuild';

type Field<Row> = keyof Row & string;

/** `updated_at` of `updatedAt`. */
export const columnOf = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const MAX_INTEGER = 2_147_483_647;

const fieldsOf = <Row>({ columns }: Pick<Table<Row>, 'columns'>) => Object.keys(columns) as Field<Row>[];
const columnsOf = (fields: readonly string[]): string => fields.map(columnOf).join(', ');
const nameOf = <Row>(schema: ReadSchema, { name }: Table<Row>): string => `${schema}."${name}"`;

/** A table's fields for the list of a `select`, one by one: a prepared statement must not change when a later version adds one. */
export const selectionOf = <Row>(table: Table<Row>): string =>
  fieldsOf(table)
    .map((field) => `${columnOf(field)} as "${field}"`)
    .join(', ');

const parsed = (value: unknown, type: SqlType): unknown => {
  if (value instanceof Date) return value.toISOString();
  return type === 'bigint' && typeof value === 'string' ? BigInt(value) : value;
};

/** Makes a row of what the driver hands over for {@link selectionOf}. */
export const rowReader = <Row>({ columns }: Pick<Table<Row>, 'columns'>) => {
  const fields = Object.entries<SqlType>(columns);
  return (found: Readonly<Record<string, unknown>>): Row => {
    const row: Record<string, unknown> = {};
    for (const [field, type] of fields) row[field] = parsed(found[field], type);
    return row as Row;
  };
};

const written = (value: unknown, type: SqlType): unknown => {
  if (typeof value === 'bigint') return String(value);
  return type === 'json' && value !== null ? JSON.stringify(value) : value;
};

/** The arrays of parameters that {@link unnested} takes. */
const valuesOf = <Row, F extends Field<Row>>(
  { columns }: Table<Row>,
  fields: readonly F[],
  rows: readonly Pick<Row, F>[],
) => fields.map((field) => rows.map((row) => written(row[field], columns[field])));

const unnested = <Row>(
  { columns }: Table<Row>,
  fields: readonly Field<Row>[],
  typeOf = (type: SqlType): string => type,
) => `unnest(${fields.map((field, nth) => `$${nth + 1}::${typeOf(columns[field])}[]`).join(', ')})`;

/** Runs a statement with the rows' fields; not at all when there are none. */
const forRows = <Row, F extends Field<Row>>(table: Table<Row>, fields: readonly F[], text: string) => {
  const write = statement(text);
  return async (tx: Runner, rows: readonly Pick<Row, F>[]): Promise<void> => {
    if (rows.length > 0) await write(tx, valuesOf(table, fields, rows));
  };
};

/** For rows that are new, or are there: in the order in which all lock them, where others write them, too. */
const forWholeRows = <Row>(table: Table<Row>, text: string) => {
  const write = forRows(table, fieldsOf(table), text);
  const inOrder = inKeyOrder(table);
  return table.isShared === undefined ? write : (tx: Runner, rows: readonly Row[]) => write(tx, inOrder(rows));
};

const inserting = <Row>(schema: ReadSchema, table: Table<Row>, onConflict: string) => {
  const fields = fieldsOf(table);
  return forWholeRows(
    table,
    `insert into ${nameOf(schema, table)} as kept (${columnsOf(fields)}) select * from ${unnested(table, fields)}${onConflict}`,
  );
};

const replacedBy = (fields: readonly string[], source: string): string =>
  columnsOf(fields)
    .split(', ')
    .map((column) => `${column} = ${source}.${column}`)
    .join(', ');

const writing = <Row>(schema: ReadSchema, table: Table<Row>) => {
  const kept = table.kept ?? [];
  const others = fieldsOf(table).filter((field) => !table.key.includes(field) && !kept.includes(field));
  const filled = kept.map(columnOf).map((column) => `${column} = coalesce(kept.${column}, excluded.${column})`);
  const set = [replacedBy(others, 'excluded'), ...filled].join(', ');
  return inserting(schema, table, ` on conflict (${columnsOf(table.key)}) do update set ${set}`);
};

// What is added may come to more than the column holds: that must not stop the projection.
const bounded = (sum: string): string => `greatest(-${MAX_INTEGER}, least(${MAX_INTEGER}, ${sum}))::integer`;

const adding = <Row>(schema: ReadSchema, table: Table<Row>, sums: readonly Field<Row>[]) => {
  const fields = fieldsOf(table);
  const given = fields.map((field) => (sums.includes(field) ? bounded(columnOf(field)) : columnOf(field)));
  const added = sums.map(columnOf).map((sum) => `${sum} = ${bounded(`kept.${sum}::bigint + excluded.${sum}`)}`);
  return forWholeRows(
    table,
    `insert into ${nameOf(schema, table)} as kept (${columnsOf(fields)}) select ${given.join(', ')}
     from ${unnested(table, fields, (type) => (type === 'integer' ? 'bigint' : type))} as given (${columnsOf(fields)})
     on conflict (${columnsOf(table.key)}) do update set ${added.join(', ')}`,
  );
};

const replacing = <Row, F extends Field<Row>>(schema: ReadSchema, table: Table<Row>, fields: readonly F[]) => {
  const [key = '', ...others] = fields;
  return forRows(
    table,
    fields,
    `update ${nameOf(schema, table)} as kept set ${replacedBy(others, 'given')}
     from ${unnested(table, fields)} as given (${columnsOf(fields)}) where kept.${columnOf(key)} = given.${columnOf(key)}`,
  );
};

interface Removed<F> {
  readonly by: readonly F[];
  /** Of `kept`, by what is `given`. */
  readonly where: readonly string[];
}

const removing = <Row, F extends Field<Row>>(schema: ReadSchema, table: Table<Row>, { by, where }: Removed<F>) =>
  forRows(
    table,
    by,
    `delete from ${nameOf(schema, table)} as kept using ${unnested(table, by)} as given (${columnsOf(by)})
     where ${where.join(' and ')}`,
  );

const compared = (field: string, comparison: '=' | '<' = '='): string =>
  `kept.${columnOf(field)} ${comparison} given.${columnOf(field)}`;

const byKey = <Row>({ key }: Table<Row>): readonly string[] => key.map((field) => compared(field));

const loading = <Row>(schema: ReadSchema, table: Table<Row>, field: string = table.key[0] ?? 'id') => {
  const rowOf = rowReader(table);
  const select = statement<Readonly<Record<string, unknown>>>(
    `select ${selectionOf(table)} from ${nameOf(schema, table)} where ${columnOf(field)} = any(${listIn('$1')}::text[])`,
  );
  return async (runner: Runner, keys: readonly string[]): Promise<readonly Row[]> =>
    keys.length === 0 ? [] : (await select(runner, [keys])).map(rowOf);
};

/** The rows of a table in PostgreSQL; each write is one statement, whatever the number of rows. */
export const postgresRows = <Row>(schema: ReadSchema, table: Table<Row>): Rows<Runner, Row> => ({
  load: loading(schema, table),
  having: (field) => loading(schema, table, field),
  write: writing(schema, table),
  insert: inserting(schema, table, ''),
  adding: (fields) => adding(schema, table, fields),
  replacing: (fields) => replacing(schema, table, fields),
  moving: (field, patience) =>
    postgresMoving({
      table: nameOf(schema, table),
      key: columnOf(table.key[0] ?? 'id'),
      column: columnOf(field),
      patience,
    }),
  remove: removing(schema, table, { by: table.key, where: byKey(table) }),
  removeEmpty: (field) =>
    removing(schema, table, { by: table.key, where: [...byKey(table), `kept.${columnOf(field)} = 0`] }),
  removeBelow: ([same, lower]) =>
    removing(schema, table, { by: [same, lower], where: [compared(same), compared(lower, '<')] }),
});
