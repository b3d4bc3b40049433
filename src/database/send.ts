import type pg from 'pg';
import { written } from './array-literal.ts';
import { nameOf } from './statement.ts';

/** Sends a query: by name, where its text has one. */
export const send = <Row>(
  client: pg.PoolClient,
  text: string,
  parameters: readonly unknown[] = [],
): Promise<pg.QueryResult<Row & pg.QueryResultRow>> =>
  client.query<Row & pg.QueryResultRow>({ name: nameOf(text), text, values: written(parameters) });
