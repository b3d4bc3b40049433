import type { CompiledQuery, QueryResult } from 'kysely';
import type pg from 'pg';
import { written } from './array-literal.ts';
import { nameOf, type Runner } from './statement.ts';

export type Queryable = Pick<pg.ClientBase, 'query'> | Pick<pg.Pool, 'query'>;

/** The driver takes it, though its types do not say so. */
interface Query extends pg.QueryConfig {
  readonly query_timeout: number | undefined;
}

interface Asked {
  readonly text: string;
  readonly parameters?: readonly unknown[] | undefined;
  /** After how long without an answer it has failed, where that is another time than its connection's. */
  readonly unansweredMs?: number | undefined;
}

/** Sends a query: by name, where its text has one. */
export const send = <Row>(
  client: Queryable,
  { text, parameters = [], unansweredMs }: Asked,
): Promise<pg.QueryResult<Row & pg.QueryResultRow>> => {
  const query: Query = { name: nameOf(text), text, values: written(parameters), query_timeout: unansweredMs };
  return client.query<Row & pg.QueryResultRow>(query);
};

/** Runs statements in a session, or in any of a pool. `unansweredMs` as of {@link send}. */
export const runnerOn = (queryable: Queryable, unansweredMs?: number): Runner => ({
  executeQuery: async <Row>({ sql: text, parameters }: CompiledQuery<Row>): Promise<QueryResult<Row>> => ({
    rows: (await send<Row>(queryable, { text, parameters, unansweredMs })).rows,
  }),
});
