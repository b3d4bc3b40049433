import { listIn, type Runner, statement } from '../database/index.ts';
import type { Move, Patience } from './read-model.ts';

interface Moving {
  readonly table: string;
  readonly key: string;
  readonly column: string;
  readonly patience: Patience;
}

const LOCK: Readonly<Record<Patience, string>> = { PassOver: 'for update skip locked', Wait: 'for update' };

// Found by the column's index, then locked one by one in the order in which all lock them: lateral and fenced, so that the
// planner takes no other way.
const movingStatement = ({ table, key, column, patience }: Moving): string => `
  with found as materialized (
    select kept.${key}, given.origin, given.goal
    from unnest(${listIn('$1')}, ${listIn('$2')}) as given (origin, goal)
    cross join lateral (select ${key} from ${table} where ${column} = given.origin offset 0) as kept
    order by kept.${key} collate "C"
  ), held as materialized (
    select found.${key}, found.goal
    from found
    cross join lateral (
      select ${key} from ${table} where ${key} = found.${key} and ${column} = found.origin ${LOCK[patience]}
    ) as kept
  )
  update ${table} as kept set ${column} = held.goal from held where kept.${key} = held.${key}
  returning kept.${key} as key`;

/** Gives a column another value wherever it has the one; the keys of what changed. */
export const postgresMoving = (moving: Moving) => {
  const move = statement<{ readonly key: string }>(movingStatement(moving));
  return async (runner: Runner, moves: readonly Move[]): Promise<readonly string[]> => {
    if (moves.length === 0) return [];
    const rows = await move(runner, [moves.map(({ from }) => from), moves.map(({ to }) => to)]);
    return rows.map(({ key }) => key);
  };
};
