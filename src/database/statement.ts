import { CompiledQuery, type QueryResult } from 'kysely';

/** What a statement can be run in: a database of kysely's, or a transaction. */
export interface Runner {
  executeQuery<Row>(query: CompiledQuery<Row>): Promise<QueryResult<Row>>;
}

/** Runs its statement; the rows that come back. */
export type Statement<Row> = (runner: Runner, values?: readonly unknown[]) => Promise<readonly Row[]>;

const names = new Map<string, string>();

/** The name under which sessions keep a statement of {@link statement}; undefined for any other text. */
export const nameOf = (text: string): string | undefined => names.get(text);

/**
 * A statement that each session parses once and then runs by name: for what runs all the time. Its columns are to be
 * named one by one, for what a name stands for may not change under a running process. Its plan may be made without looking
 * at the values: let it look rows up by their keys, whatever the statistics.
 */
export const statement = <Row = unknown>(text: string): Statement<Row> => {
  if (!names.has(text)) names.set(text, `panier_${names.size + 1}`);
  return async (runner, values = []) => (await runner.executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows;
};

/**
 * A parameter of a {@link statement} that is a list. Were its length known, short lists would look cheaper than the ten that are
 * assumed of any, and the statement would be planned anew each time that it runs: longer than a look-up takes.
 */
export const listIn = (parameter: string): string => `(select ${parameter}::text[])`;
