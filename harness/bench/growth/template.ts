import type pg from 'pg';
import { columnOf, type ReadModel } from '../../../src/projection/index.ts';
import { READ_MODELS } from '../../../src/read/index.ts';

/** A table with a row, or several, for each aggregate. */
export interface TemplateTable {
  readonly name: string;
  /** The column that names the aggregate. */
  readonly key: string;
  /** The column with a position of a table that numbers its rows, and that table. */
  readonly position?: { readonly column: string; readonly of: string };
}

const numbered = (name: string): TemplateTable => ({
  name,
  key: 'aggregate_id',
  position: { column: 'position', of: name },
});

/** A position in a read model is one of the event store. The products are there already. */
const rowsFor = ({ tables }: ReadModel): readonly TemplateTable[] =>
  tables
    .filter(({ name }) => name !== 'product')
    .map(({ name, key: [key = ''], columns }) => {
      const position = Object.keys(columns).find((field) => columns[field] === 'bigint');
      return {
        name: `read."${name}"`,
        key: columnOf(key),
        ...(position === undefined ? {} : { position: { column: columnOf(position), of: 'audit.event_store' } }),
      };
    });

/** Every table that grows with carts and orders, those that others refer to first. */
export const TEMPLATE_TABLES: readonly TemplateTable[] = [
  numbered('write.journal'),
  numbered('saga.journal'),
  numbered('audit.event_store'),
  { name: 'saga.reservation', key: 'order_id' },
  { name: 'write.simulated_charge', key: 'order_id' },
  ...READ_MODELS.flatMap(rowsFor),
];

/** A row as JSON, in which times of ids and of instants are left open. */
export interface TemplateRow {
  readonly table: TemplateTable;
  /** 1, 2, 3 … among the template's rows of the table that `position` is of; 0 without a position. */
  readonly rank: number;
  readonly content: string;
}

/** The rows of some whole lives, to be written again under other ids and at other times. */
export interface Template {
  readonly rows: readonly TemplateRow[];
  /** The aggregates' ids, as they were. */
  readonly ids: readonly string[];
}

/** Stands for the ten characters of time in an id, and for `2026-01-02T03:` in an instant. */
export const ID_TIME = '@@@@@@@@@@';
export const HOUR = '@hour@';

const ID = /\b(cart|order|event|pay)_[0-9a-z]{10}([0-9a-z]{16})\b/g;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?=Z|\+00:00)/g;
const HOUR_LENGTH = '2026-01-02T03:'.length;
const HOUR_MS = 3_600_000;

const msOf = (instant: string): number => Date.parse(`${instant}Z`);

const opened = (content: string, startMs: number): string =>
  content.replace(ID, `$1_${ID_TIME}$2`).replace(INSTANT, (instant) => {
    const afterMs = msOf(instant) - startMs;
    if (afterMs >= HOUR_MS) throw new Error(`${instant} is an hour or more behind the first event.`);
    return HOUR + new Date(afterMs).toISOString().slice(HOUR_LENGTH, -1);
  });

interface Found {
  readonly content: string;
  readonly position: string | null;
}

const find = async (client: pg.ClientBase, table: TemplateTable, ids: readonly string[]): Promise<readonly Found[]> => {
  const position = table.position === undefined ? null : `it.${table.position.column}`;
  const { rows } = await client.query<Found>(
    `select row_to_json(it)::text as content, ${position ?? 'null'}::text as position from ${table.name} it
     where ${table.key} = any($1) order by ${position ?? table.key}`,
    [ids],
  );
  return rows;
};

/** Reads the rows of these aggregates. What is measured must be settled: a life that goes on is no template. */
export const captureTemplate = async (pool: pg.Pool, ids: readonly string[]): Promise<Template> => {
  const client = await pool.connect();
  try {
    await client.query("set timezone to 'UTC'");
    const found = new Map<TemplateTable, readonly Found[]>();
    for (const table of TEMPLATE_TABLES) found.set(table, await find(client, table, ids));
    return templateOf(found, ids);
  } finally {
    client.release(true);
  }
};

const ranksOf = (found: ReadonlyMap<TemplateTable, readonly Found[]>, name: string): ReadonlyMap<string, number> => {
  const [, rows = []] = [...found].find(([table]) => table.name === name) ?? [];
  return new Map(rows.map(({ position }, index) => [position ?? '', index + 1]));
};

const templateOf = (found: ReadonlyMap<TemplateTable, readonly Found[]>, ids: readonly string[]): Template => {
  const instants = [...found.values()].flat().flatMap(({ content }) => content.match(INSTANT) ?? []);
  const startMs = instants.reduce((least, instant) => Math.min(least, msOf(instant)), Number.POSITIVE_INFINITY);
  const rows = [...found].flatMap(([table, ofTable]) => {
    const ranks = ranksOf(found, table.position?.of ?? '');
    return ofTable.map(({ content, position }) => ({
      table,
      rank: ranks.get(position ?? '') ?? 0,
      content: opened(content, startMs),
    }));
  });
  return { rows, ids };
};

/** The id that an aggregate of the template has in its nth copy. */
export const idInCopy = (id: string, nth: number): string => id.replace(ID, `$1_${timeInCopy(nth)}$2`);

const timeInCopy = (nth: number): string => String(nth).padStart(ID_TIME.length, '0');
