import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../harness/support/servers.ts';
import { assertNever } from '../platform/index.ts';
import { migrate } from './migrate.ts';
import { type Db, openDatabase } from './open.ts';
import { EXPECTED_FILE, schemaDifferences } from './schema-check.ts';
import { type SchemaPart, schemaParts } from './schema-parts.ts';

const withMigrated = async <T>(work: (db: Db) => Promise<T>): Promise<T> => {
  await using empty = await testDatabase();
  await using database = openDatabase({ url: empty.url, name: 'schema check', maxConnections: 1 });
  await migrate(database.db);
  return await work(database.db);
};

/** What the check says after these statements, in one transaction that is undone. */
const saidAfter = async (db: Db, statements: readonly string[]): Promise<readonly string[]> => {
  let said: readonly string[] = [];
  const undone = db.transaction().execute(async (tx) => {
    for (const statement of statements) await sql.raw(statement).execute(tx);
    said = await schemaDifferences(tx);
    throw new Undone();
  });
  await expect(undone).rejects.toBeInstanceOf(Undone);
  return said;
};

class Undone extends Error {}

describe('the tables of this version', () => {
  it('are those that the migrations make', () =>
    withMigrated(async (db) => {
      const lines = (await schemaParts(db)).map((part) => JSON.stringify(part)).toSorted();
      await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(EXPECTED_FILE);
      expect(await schemaDifferences(db)).toEqual([]);
    }));
});

/** What somebody may do to a part, by its kind; the sentence names the table. */
const harmsOf = (part: SchemaPart): readonly string[] => {
  const { kind, on, name, is_nullable: isNullable } = part;
  const alter = `alter table ${on}`;
  const column = `"${name}"`;
  switch (kind) {
    case 'column':
      return [
        `${alter} drop column ${column} cascade`,
        `${alter} rename column ${column} to renamed`,
        ...(isNullable ? [`${alter} alter column ${column} set not null`] : []),
      ];
    case 'index':
      return [
        `${alter} drop constraint if exists "${name}" cascade; drop index if exists ${on.split('.')[0]}."${name}"`,
      ];
    case 'constraint':
      return [`${alter} drop constraint "${name}"`];
    case 'trigger':
      return [
        `${alter} disable trigger "${name}"`,
        `drop trigger "${name}" on ${on}`,
        `${alter} enable replica trigger "${name}"`,
      ];
    case 'function':
    case 'rule':
      return [];
  }
  return assertNever(kind);
};

describe('a part of the tables that somebody took away or made otherwise', () => {
  it(
    'is named, whichever it is',
    () =>
      withMigrated(async (db) => {
        const harms = (await schemaParts(db)).flatMap((part) => harmsOf(part).map((harm) => [part, harm] as const));
        expect(harms.length).toBeGreaterThan(300);
        for (const [{ on }, harm] of harms) {
          const said = await saidAfter(db, [harm]);
          expect(said.join('\n')).toContain(on);
        }
      }),
    120_000,
  );

  it.each([
    [
      'a type',
      'alter table read.cart alter column currency type varchar(3)',
      'The column read.cart.currency is character varying(3), and panier needs text: run "alter table read.cart alter column currency type text".',
    ],
    [
      'a collation',
      'alter table read.cart alter column currency type text collate "C"',
      'The column read.cart.currency is text collate "C", and panier needs text: run "alter table read.cart alter column currency type text".',
    ],
    [
      'a default',
      'alter table write.outbox alter column queued_at drop default',
      'The column write.outbox.queued_at has lost its default, and panier gives it no value: set it as in a database that panier has made anew.',
    ],
    [
      'no null',
      'alter table read.cart alter column customer_id set not null',
      'The column read.cart.customer_id takes no null, and panier writes some: run "alter table read.cart alter column customer_id drop not null".',
    ],
    [
      'a column that must be given',
      'alter table write.task add column note text not null',
      'The column write.task.note must be given a value, and panier does not know it: run "alter table write.task alter column note drop not null", or give it a default.',
    ],
    [
      'a trigger that is disabled',
      'alter table audit.event_store disable trigger keep_forever',
      'The trigger keep_forever of audit.event_store is missing, or disabled, and events would not be kept: run "alter table audit.event_store enable trigger keep_forever", or make it anew.',
    ],
    [
      'an index less',
      'drop index write.task_by_due',
      'An index of write.task is missing, or not valid: run "create index on write.task USING btree (due_at)".',
    ],
    [
      'a constraint less',
      'alter table saga.stock drop constraint stock_sold_check',
      'A constraint of saga.stock is missing: run "alter table saga.stock add constraint stock_sold_check CHECK ((sold >= 0))".',
    ],
    ['a table less', 'drop table read.hold', 'The table read.hold is missing: restore a backup that has it.'],
    [
      'a function of another body',
      "create or replace function public.panier_refuse_change() returns trigger language plpgsql as 'begin return null; end'",
      'The function public.panier_refuse_change is missing, or not the one that panier made: restore it as in a database that panier has made anew.',
    ],
    [
      'a unique index more',
      'create unique index theirs on write.journal (correlation_id)',
      "The index theirs of write.journal is not panier's, and may refuse or lose what panier writes: drop it.",
    ],
    [
      'a check more',
      'alter table write.journal add constraint theirs check (version < 3)',
      "The constraint theirs of write.journal is not panier's, and may refuse or lose what panier writes: drop it.",
    ],
    [
      'a rule',
      'create rule theirs as on insert to write.task do instead nothing',
      "The rule theirs of write.task is not panier's, and may refuse or lose what panier writes: drop it.",
    ],
  ])('has its sentence: %s', (_what, harm, sentence) =>
    withMigrated(async (db) => {
      expect(await saidAfter(db, [harm])).toEqual([sentence]);
    }),
  );
});

describe('what others add, or name otherwise, without harm', () => {
  it.each([
    'alter table write.journal add column note text',
    `alter table read."order" add column note text not null default 'none'`,
    'create index theirs on read.product (name)',
    'alter index read.order_newest rename to renamed',
    'alter table saga.stock set (fillfactor = 90)',
    'alter table bus.dead_letter alter column error drop not null',
    'create table read.theirs (id text not null unique)',
    'create view public.theirs as select id from read.product',
    `create function public.theirs() returns trigger language plpgsql as 'begin return null; end';
      create trigger theirs after insert on write.journal for each row execute function public.theirs()`,
  ])('is taken: %s', (harmless) =>
    withMigrated(async (db) => {
      expect(await saidAfter(db, [harmless])).toEqual([]);
    }),
  );
});
