import type pg from 'pg';
import { HOUR, ID_TIME, TEMPLATE_TABLES, type Template, type TemplateTable } from './template.ts';

const COPIES_AT_ONCE = 2_000;
/** Copies lie an hour apart: ten million events fill a dozen years. */
const FIRST_HOUR = '2014-01-01T00:00:00Z';

const HELD = 'create temporary table template_row (name text, rank integer, content text)';
const HOLD = 'insert into template_row select * from unnest($1::text[], $2::integer[], $3::text[])';

const COLUMNS = `
  select string_agg(quote_ident(attname), ', ' order by attnum) as names from pg_attribute
  where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attname <> $2`;

const CONTENT = `replace(replace(held.content, '${ID_TIME}', lpad(nth::text, ${ID_TIME.length}, '0')), '${HOUR}',
  to_char(timestamp '${FIRST_HOUR}' + nth * interval '1 hour', 'YYYY-MM-DD"T"HH24:'))::json`;

interface Statement {
  readonly text: string;
  /** Rows of a copy among those that its positions number, and the last position before the first copy. */
  readonly length: number;
  readonly last: number;
}

const lastPosition = async (client: pg.ClientBase, table: string): Promise<number> => {
  const { rows } = await client.query<{ last: string }>(`select coalesce(max(position), 0) as last from ${table}`);
  return Number(rows[0]?.last ?? 0);
};

const statementFor = async (client: pg.ClientBase, table: TemplateTable, template: Template): Promise<Statement> => {
  const { column = '', of = '' } = table.position ?? {};
  const { rows } = await client.query<{ names: string }>(COLUMNS, [table.name, column]);
  const names = rows[0]?.names ?? '';
  const [into, position] = column === '' ? ['', ''] : [`${column}, `, '$3::bigint + (nth - 1) * $4 + held.rank, '];
  const text = `
    insert into ${table.name} (${into}${names}) overriding system value
    select ${position}${names}
    from generate_series($1::integer, $2::integer) as nth cross join template_row as held
      cross join lateral json_populate_record(null::${table.name}, ${CONTENT}) as copied
    where held.name = '${table.name}' order by nth, held.rank`;
  const length = template.rows.filter((row) => row.table.name === of).length;
  return { text, length, last: of === '' ? 0 : await lastPosition(client, of) };
};

const hold = async (client: pg.ClientBase, { rows }: Template): Promise<void> => {
  await client.query("set timezone to 'UTC'; set synchronous_commit to off; set statement_timeout to 0");
  await client.query(HELD);
  await client.query(HOLD, [
    rows.map(({ table }) => table.name),
    rows.map(({ rank }) => rank),
    rows.map(({ content }) => content),
  ]);
};

/** What comes next is numbered behind the copies. */
const advanceIdentity = (client: pg.ClientBase, name: string): Promise<unknown> =>
  client.query(`select setval(pg_get_serial_sequence($1, 'position'), max(position)) from ${name}`, [name]);

export interface Copying {
  readonly copies: number;
  readonly say: (line: string) => void;
}

/** Writes copies 1, 2, 3 … of a template behind what the tables hold. */
export const copyTemplate = async (pool: pg.Pool, template: Template, { copies, say }: Copying): Promise<void> => {
  const client = await pool.connect();
  try {
    await hold(client, template);
    const used = TEMPLATE_TABLES.filter((table) => template.rows.some((row) => row.table === table));
    const statements: Statement[] = [];
    for (const table of used) statements.push(await statementFor(client, table, template));
    for (let first = 1; first <= copies; first += COPIES_AT_ONCE) {
      const last = Math.min(copies, first + COPIES_AT_ONCE - 1);
      for (const { text, length, last: before } of statements)
        await client.query(text, text.includes('$3') ? [first, last, before, length] : [first, last]);
      say(`${last} of ${copies} copies`);
    }
    for (const { name, position } of used) if (position?.of === name) await advanceIdentity(client, name);
  } finally {
    client.release(true);
  }
};
