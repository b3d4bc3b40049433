import type pg from 'pg';
import { written } from './array-literal.ts';
import { nameOf } from './statement.ts';

export type Queryable = Pick<pg.ClientBase, 'query'> | Pick<pg.Pool, 'query'>;

/** Sends a query: by name, where its text has one. */
export const send = <Row>(
  client: Queryable,
  text: string,
  parameters: readonly unknown[] = [],
): Promise<pg.QueryResult<Row & pg.QueryResultRow>> =>
  client.query<Row & pg.QueryResultRow>({ name: nameOf(text), text, values: written(parameters) });
