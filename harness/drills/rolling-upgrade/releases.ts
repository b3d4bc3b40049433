import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Edit } from '../../mutants/mutant.ts';
import { makeRelease } from '../panier/index.ts';

const EXPAND = '9001-since-0.1-task-queued-at';
const CONTRACT = '9002-since-0.2-task-queued-at-given';
const INDEX = 'src/database/migrations/index.ts';
const EXPECTED = 'src/database/expected-schema.jsonl';
const CART_MODEL = 'src/read/cart/model.ts';

const migrationOf = (statements: string): string => `import { type Kysely, sql } from 'kysely';

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw(\`${statements}\`).execute(db);
};
`;

/** Older versions give it no value: its default does. */
const ADD = 'alter table write.task add column queued_at timestamptz default now()';
/** Every version that still runs gives it. */
const REQUIRE = 'alter table write.task alter column queued_at set not null, alter column queued_at drop default';

/** What the newer code does with the column: it writes it, and goes by it. */
const USE: readonly Edit[] = [
  {
    file: 'src/write/journal/append-statement.ts',
    find: 'insert into write.task (kind, order_id, due_at, attempts, payload)\n    select kind, order_id,',
    put: 'insert into write.task (kind, order_id, queued_at, due_at, attempts, payload)\n    select kind, order_id, clock_timestamp(),',
  },
  {
    file: 'src/write/tasks/postgres-task-store.ts',
    find: 'order by due_at limit',
    put: 'order by due_at, queued_at limit',
  },
];

/** It says more of a reservation; who does not know the field passes it on as it came. */
const SAY_MORE: readonly Edit[] = [
  {
    file: 'src/events/catalogue.ts',
    find: 'ok: literal(true), lines: list(stockLine, MAX_LINES), expiresAt: instant',
    put: 'ok: literal(true), lines: list(stockLine, MAX_LINES), expiresAt: instant, warehouse: added(text())',
  },
  {
    file: 'src/saga/decide.ts',
    find: 'data: { orderId, ok: true, lines, expiresAt } }',
    put: "data: { orderId, ok: true, lines, expiresAt, warehouse: 'north' } }",
  },
];

const END_OF_INDEX = '} as const satisfies Readonly<Record<string, LandedMigration>>;';

const lineOf = (name: string): string => `  '${name}': { sha256: '', load: () => import('./${name}.ts') },\n`;

const listing = (...names: readonly string[]): Edit => ({
  file: INDEX,
  find: END_OF_INDEX,
  put: `${names.map(lineOf).join('')}${END_OF_INDEX}`,
});

interface Making {
  readonly project: string;
  readonly directory: string;
}

const versionOf = (project: string): string =>
  (JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { readonly version: string }).version;

const numbered = (project: string, version: string): Edit => ({
  file: 'package.json',
  find: `"version": "${versionOf(project)}"`,
  put: `"version": "${version}"`,
});

/** The rows of carts count as another version's: the read models are built anew. */
const renewed = (project: string): Edit => {
  const [find = '', version] = /^ {2}version: (\d+),$/m.exec(readFileSync(join(project, CART_MODEL), 'utf8')) ?? [];
  return { file: CART_MODEL, find, put: `  version: ${Number(version) + 1},` };
};

const expectedWith = (project: string, isGiven: boolean): string => {
  const column = {
    kind: 'column',
    on: 'write.task',
    name: 'queued_at',
    definition: 'timestamp with time zone',
    is_nullable: !isGiven,
    is_filled: !isGiven,
  };
  return `${readFileSync(join(project, EXPECTED), 'utf8')}${JSON.stringify(column)}\n`;
};

/** The next minor version: a column more, which both versions fill, a field more in an event, and read models of another version. */
export const makeExpanded = ({ project, directory }: Making): string =>
  makeRelease({
    project,
    directory,
    edits: [...USE, ...SAY_MORE, listing(EXPAND), renewed(project), numbered(project, '0.2.0')],
    files: {
      [`src/database/migrations/${EXPAND}.ts`]: migrationOf(ADD),
      [EXPECTED]: expectedWith(project, false),
    },
  });

/** The one after: the column has to be given, as every version does that may still run. */
export const makeContracted = ({ project, directory }: Making): string =>
  makeRelease({
    project,
    directory,
    edits: [...USE, ...SAY_MORE, listing(EXPAND, CONTRACT), renewed(project), numbered(project, '0.3.0')],
    files: {
      [`src/database/migrations/${EXPAND}.ts`]: migrationOf(ADD),
      [`src/database/migrations/${CONTRACT}.ts`]: migrationOf(REQUIRE),
      [EXPECTED]: expectedWith(project, true),
    },
  });
