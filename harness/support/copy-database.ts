import { Client } from 'pg';
import { migrate, openDatabase } from '../../src/database/index.ts';

interface Table {
  readonly name: string;
  /** Without those that are computed from others. */
  readonly columns: string;
  /** Its identity column. */
  readonly identity: string | null;
}

const connected = async <T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const tablesOf = async (client: Client): Promise<readonly Table[]> => {
  const { rows } = await client.query<Table>(
    `select format('%I.%I', table_schema, table_name) as name,
      string_agg(format('%I', column_name), ', ') filter (where is_generated = 'NEVER') as columns,
      max(column_name) filter (where is_identity = 'YES') as identity
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
    group by table_schema, table_name order by 1`,
  );
  return rows;
};

const copyTable = async (source: Client, target: Client, { name, columns, identity }: Table): Promise<void> => {
  const { rows } = await source.query<{ all: string }>(
    `select coalesce(json_agg(kept), '[]')::text as all from ${name} as kept`,
  );
  await target.query(
    `insert into ${name} (${columns}) overriding system value
      select ${columns} from json_populate_recordset(null::${name}, $1) on conflict do nothing`,
    [rows[0]?.all],
  );
  if (identity === null) return;
  await target.query(
    `select setval(pg_get_serial_sequence($1, $2), greatest((select max(${identity}) from ${name}), 1))`,
    [name, identity],
  );
};

/** Restores what a database holds into an empty one, as a dump of its rows does: none keeps its transaction id. */
export const copyDatabase = async (sourceUrl: string, targetUrl: string): Promise<void> => {
  await using database = openDatabase({ url: targetUrl, name: 'copy', maxConnections: 1 });
  await migrate(database.db);
  await connected(sourceUrl, (source) =>
    connected(targetUrl, async (target) => {
      // A restored database is the one that was backed up.
      await target.query('delete from bus.identity');
      for (const table of await tablesOf(source)) await copyTable(source, target, table);
    }),
  );
};
