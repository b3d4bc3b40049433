import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';
import { send } from './send.ts';

/** What kysely runs goes out by name, where it has one. */
const byName = (client: pg.PoolClient): PostgresPoolClient => {
  const query = async <Row>(text: string, values?: readonly unknown[]): Promise<PostgresQueryResult<Row>> =>
    (await send<Row>(client, { text, parameters: values })) as PostgresQueryResult<Row>;
  // Kysely's other way to ask is for cursors, which nobody here opens.
  return { query: query as PostgresPoolClient['query'], release: (destroy) => client.release(destroy) };
};

/** A pool whose sessions prepare the statements of {@link statement}. */
export const preparedPool = (pool: pg.Pool): PostgresPool => {
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    Client: pg.Client,
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect();
      const known = clients.get(client) ?? byName(client);
      clients.set(client, known);
      return known;
    },
  };
};
