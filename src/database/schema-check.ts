import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertNever } from '../platform/index.ts';
import { laterMigrations } from './applied-migrations.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Db } from './open.ts';
import { type SchemaPart, schemaParts } from './schema-parts.ts';

/** The parts of a database that this version has migrated, a line each; a test compares, and `vitest -u` writes them anew. */
export const EXPECTED_FILE = join(import.meta.dirname, 'expected-schema.jsonl');

const expectedParts = (): readonly SchemaPart[] =>
  readFileSync(EXPECTED_FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as SchemaPart);

const quoted = (statement: string): string => `run "${statement}"`;
const altered = ({ on, name }: SchemaPart, how: string): string =>
  quoted(`alter table ${on} alter column ${name} ${how}`);

const columnProblem = (expected: SchemaPart, found: SchemaPart | undefined): string | false => {
  const column = `${expected.on}.${expected.name}`;
  if (found === undefined)
    return `The column ${column} (${expected.definition}) is missing: if it was renamed, rename it back; if it was dropped, restore a backup.`;
  if (found.definition !== expected.definition)
    return `The column ${column} is ${found.definition}, and panier needs ${expected.definition}: ${altered(expected, `type ${expected.definition}`)}.`;
  if (expected.is_nullable && !found.is_nullable)
    return `The column ${column} takes no null, and panier writes some: ${altered(expected, 'drop not null')}.`;
  return (
    expected.is_filled &&
    !found.is_filled &&
    `The column ${column} has lost its default, and panier gives it no value: set it as in a database that panier has made anew.`
  );
};

const missingProblem = ({ kind, on, name, definition }: SchemaPart): string => {
  switch (kind) {
    case 'index':
      return `An index of ${on} is missing, or not valid: ${quoted(`create ${definition}`)}.`;
    case 'trigger':
      return `The trigger ${name} of ${on} is missing, or disabled, and events would not be kept: ${quoted(`alter table ${on} enable trigger ${name}`)}, or make it anew.`;
    case 'function':
      return `The function ${on}.${name} is missing, or not the one that panier made: restore it as in a database that panier has made anew.`;
    case 'constraint':
      return `A constraint of ${on} is missing: ${quoted(`alter table ${on} add constraint ${name} ${definition}`)}.`;
    case 'rule':
    case 'column':
      return `The ${kind} ${name} of ${on} is missing.`;
  }
  return assertNever(kind);
};

/** Who may have added to the tables: nobody but a stranger, or a later version with whose tables this one goes on. */
type Others = 'Strangers' | 'LaterVersion';

/** What somebody has added that may refuse, or lose, what panier writes; anything else does no harm. */
const additionProblem = (
  { kind, on, name, definition, is_nullable, is_filled }: SchemaPart,
  others: Others,
): string | false => {
  if (kind === 'column')
    return (
      !is_nullable &&
      !is_filled &&
      `The column ${on}.${name} must be given a value, and panier does not know it: ${quoted(`alter table ${on} alter column ${name} drop not null`)}, or give it a default.`
    );
  // A later version fills what both have to fill by a trigger; it looks after its own.
  if (others === 'LaterVersion') return false;
  if (kind === 'function' || (kind === 'index' && !definition.startsWith('unique'))) return false;
  return `The ${kind} ${name} of ${on} is not panier's, and may refuse or lose what panier writes: drop it.`;
};

const keyOf = ({ kind, on, name, definition }: SchemaPart): string =>
  [kind, on, kind === 'column' ? name : definition, kind === 'function' ? name : ''].join(' ');

const byKey = (parts: readonly SchemaPart[]): ReadonlyMap<string, SchemaPart> =>
  new Map(parts.map((part) => [keyOf(part), part]));

const tablesOf = (parts: readonly SchemaPart[]): ReadonlySet<string> =>
  new Set(parts.filter(({ kind }) => kind === 'column').map(({ on }) => on));

/** What the parts found lack, and what they have too much; none when all is well. */
const partProblems = (
  expected: readonly SchemaPart[],
  found: readonly SchemaPart[],
  others: Others,
): readonly string[] => {
  const [known, there] = [byKey(expected), byKey(found)];
  const [tables, foundTables] = [tablesOf(expected), tablesOf(found)];
  const gone = [...tables.difference(foundTables)];
  const lacking = expected.map((part) => {
    const same = there.get(keyOf(part));
    if (gone.includes(part.on)) return false;
    return part.kind === 'column' ? columnProblem(part, same) : same === undefined && missingProblem(part);
  });
  const added = found.map((part) => tables.has(part.on) && !known.has(keyOf(part)) && additionProblem(part, others));
  const tablesGone = gone.map((table) => `The table ${table} is missing: restore a backup that has it.`);
  return [...tablesGone, ...[...lacking, ...added].filter((problem) => problem !== false)];
};

/** Sentences that say where the tables are no more as panier made them, and would break a promise; none when all is well. */
export const schemaDifferences = async (db: Db): Promise<readonly string[]> => {
  const later = await laterMigrations(db, MIGRATIONS);
  return partProblems(expectedParts(), await schemaParts(db), later.length > 0 ? 'LaterVersion' : 'Strangers');
};
