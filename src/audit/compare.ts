import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/index.ts';
import { LIVE, REBUILT } from '../projection/index.ts';
import type { ModelTable } from './model-table.ts';

/** A table of the read models, as it was and as the event store says it should be. */
export interface Comparison {
  readonly table: string;
  /** Rows of the rebuilt table. */
  readonly rows: number;
  readonly differing: number;
  /** Names of some of the rows that differ, or that only one side has. */
  readonly examples: readonly string[];
}

const MAX_EXAMPLES = 5;

interface Digest {
  readonly rows: string;
  readonly digest: string;
}

/** A row, its columns in the order of their names: a column that was added later stands where it stands in a new table. */
const contentOf = ({ columns }: ModelTable) => sql`row(${sql.join(columns.map((column) => sql.ref(column)))})::text`;

/** What people call a row: `order_1 revision 3`. */
const nameOf = ({ key: [first = '', ...others] }: ModelTable) =>
  sql.join(
    [sql`${sql.ref(first)}::text`, ...others.map((part) => sql`${sql.lit(` ${part} `)} || ${sql.ref(part)}`)],
    sql` || `,
  );

/** The same for the same rows, in whatever order they are stored. */
const digestOf = async (tx: Transaction<Tables>, schema: string, model: ModelTable): Promise<Digest> => {
  const { rows } = await sql<Digest>`
    select count(*) as rows, coalesce(sum(hashtextextended(${contentOf(model)}, 0)::numeric), 0)::text as digest
    from ${sql.id(schema, model.table)}`.execute(tx);
  return rows[0] ?? { rows: '0', digest: '0' };
};

const differences = async (
  tx: Transaction<Tables>,
  model: ModelTable,
): Promise<Pick<Comparison, 'differing' | 'examples'>> => {
  const rowsOf = (schema: string) =>
    sql`(select ${nameOf(model)} as name, ${contentOf(model)} as content from ${sql.id(schema, model.table)})`;
  const { rows } = await sql<{ differing: string; examples: string[] | null }>`
    select count(*) as differing, (array_agg(name order by name collate "C"))[1:${sql.lit(MAX_EXAMPLES)}] as examples
    from (
      select coalesce(live.name, rebuilt.name) as name
      from ${rowsOf(LIVE)} live full join ${rowsOf(REBUILT)} rebuilt on live.name = rebuilt.name
      where live.content is distinct from rebuilt.content
    ) difference`.execute(tx);
  return { differing: Number(rows[0]?.differing ?? 0), examples: rows[0]?.examples ?? [] };
};

const compareTable = async (tx: Transaction<Tables>, model: ModelTable): Promise<Comparison> => {
  const live = await digestOf(tx, LIVE, model);
  const rebuilt = await digestOf(tx, REBUILT, model);
  const isSame = live.rows === rebuilt.rows && live.digest === rebuilt.digest;
  const found = isSame ? { differing: 0, examples: [] } : await differences(tx, model);
  return { table: model.table, rows: Number(rebuilt.rows), ...found };
};

/** Compares the read models with their rebuilt ones: by digest, and row by row only where digests differ. */
export const compare = async (
  tx: Transaction<Tables>,
  models: readonly ModelTable[],
  onCompared: (comparison: Comparison) => void,
): Promise<readonly Comparison[]> => {
  const comparisons: Comparison[] = [];
  for (const model of models) {
    const comparison = await compareTable(tx, model);
    onCompared(comparison);
    comparisons.push(comparison);
  }
  return comparisons;
};
