import { type RawBuilder, sql } from 'kysely';
import { listIn, type Runner, statement } from '../database/index.ts';
import { type Reach, reachedOwner } from '../events/index.ts';
import { LIVE, rowReader, selectionOf } from './postgres-rows.ts';
import type { Table } from './read-model.ts';

/** A row of something that belongs to somebody: `owner` is the key of whoever that is, null when it is nobody's. */
export interface OwnedRow {
  readonly id: string;
  readonly owner: string | null;
}

/** What somebody asks for, and which of it they get. */
export interface Asked {
  readonly id: string;
  readonly reach: Reach;
}

/** The condition under which a row is there for somebody. */
const isReached = (owner: string, reached: string): string => `(${reached} is null or ${owner} = ${reached})`;

/** The same as a condition of a list; none where everything is reached. */
export const whereReached = (reach: Reach): readonly RawBuilder<unknown>[] => {
  const reached = reachedOwner(reach);
  return reached === null ? [] : [sql`owner = ${reached}`];
};

/**
 * Loads rows by id, for many at once who reach different ones: for each that is asked, the row, or null when there is none or
 * it is not reached. What is not reached is not read, so that it takes no other time than what is not there.
 */
export const reachedRows = <Row extends OwnedRow>(table: Table<Row>) => {
  const rowOf = rowReader(table);
  // Lateral and fenced, so that each is looked up by its key, however many are asked for.
  const select = statement<Readonly<Record<string, unknown>> & { readonly nth: string }>(`
    select asked.nth, kept.*
    from unnest(${listIn('$1')}, ${listIn('$2')}) with ordinality as asked (id, reached, nth)
    cross join lateral (
      select ${selectionOf(table)} from ${LIVE}."${table.name}"
      where id = asked.id and ${isReached('owner', 'asked.reached')}
      offset 0
    ) as kept`);
  return async (runner: Runner, asked: readonly Asked[]): Promise<readonly (Row | null)[]> => {
    const ids = asked.map(({ id }) => id);
    const rows = await select(runner, [ids, asked.map(({ reach }) => reachedOwner(reach))]);
    const byPlace = new Map(rows.map((row) => [Number(row.nth), rowOf(row)]));
    return ids.map((_id, index) => byPlace.get(index + 1) ?? null);
  };
};
