import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../harness/support/servers.ts';
import { DATABASE_SERVICES, type DatabaseService } from '../platform/index.ts';
import { makeRoles, migrate, openDatabase } from './index.ts';
import {
  GRANTED_SERVICES,
  GRANTED_TABLES,
  type GrantedService,
  privilegesOn,
  READ_MODEL_TABLES,
} from './privileges.ts';

const FORBIDDEN = '42501';
const PREFIX = `test_${process.pid}`;

let database: TestDatabase;
let opened: AsyncDisposableStack;
const clients = new Map<DatabaseService | 'administrator', Client>();

const urlOf = (service: DatabaseService): string => {
  const url = new URL(database.url);
  url.username = `${PREFIX}_${service}`;
  url.password = `secret-${service}`;
  return url.href;
};

const connect = async (url: string): Promise<Client> => {
  const client = opened.adopt(new Client({ connectionString: url }), (each) => each.end());
  await client.connect();
  return client;
};

const makeAll = () => makeRoles(database.url, { prefix: PREFIX, passwordOf: (service) => `secret-${service}` });

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  database = opened.use(await testDatabase({ template: 'template1' }));
  // As an earlier panier left it: everything made, and owned, by the administrator.
  {
    await using administrator = openDatabase({ url: database.url, name: 'test', maxConnections: 1 });
    await migrate(administrator.db);
  }
  await makeAll();
  clients.set('administrator', await connect(database.url));
  for (const service of DATABASE_SERVICES) clients.set(service, await connect(urlOf(service)));
});

afterAll(() => opened.disposeAsync());

const clientOf = (who: DatabaseService | 'administrator'): Client => {
  const client = clients.get(who);
  if (client === undefined) throw new Error(`${who} is not connected.`);
  return client;
};

type Row = Readonly<Record<string, string>>;

const ask = async (who: DatabaseService | 'administrator', text: string): Promise<readonly Row[]> =>
  (await clientOf(who).query<Row>(text)).rows;

/** The code of what PostgreSQL says to the statement, which has no effect. */
const codeOf = async (service: DatabaseService, statement: string): Promise<string> => {
  const client = clientOf(service);
  await client.query('begin');
  try {
    await client.query(statement);
    return 'done';
  } catch (error) {
    return (error as { readonly code: string }).code;
  } finally {
    await client.query('rollback');
  }
};

const quoted = (table: string): string => table.replace(/\.(.*)$/, '."$1"');

const columnOf = async (table: string): Promise<string> => {
  const [row] = await ask(
    'administrator',
    `select attname from pg_attribute where attrelid = '${quoted(table)}'::regclass and attnum > 0
       and attgenerated = '' and attidentity = '' order by attnum limit 1`,
  );
  return row?.['attname'] ?? '';
};

const KINDS = ['select', 'insert', 'update', 'delete', 'truncate'] as const;

const statementsOn = async (table: string): Promise<Readonly<Record<(typeof KINDS)[number], string>>> => {
  const [name, column] = [quoted(table), await columnOf(table)];
  return {
    select: `select * from ${name} limit 0`,
    insert: `insert into ${name} default values`,
    update: `update ${name} set "${column}" = null where false`,
    delete: `delete from ${name} where false`,
    truncate: `truncate ${name}`,
  };
};

/** Every table that there is: `schema.name`. */
const tablesThere = async (): Promise<readonly string[]> => {
  const rows = await ask(
    'administrator',
    `select nspname || '.' || relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
     where relkind in ('r', 'p') and nspname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  return rows.map(({ name }) => String(name));
};

const may = (service: GrantedService, table: string, kind: string): boolean =>
  (privilegesOn(table)[service] ?? []).some((privilege) => privilege === kind);

const aclOf = (): Promise<readonly Row[]> =>
  ask(
    'administrator',
    `select relname, relacl::text as acl, relowner::regrole::text as owner, pg_class.xmin::text as changed
     from pg_class join pg_namespace on pg_namespace.oid = relnamespace
     where nspname in ('write', 'saga', 'audit', 'bus', 'read', 'webhook', 'upkeep') and relkind = 'r' order by 1, 2`,
  );

describe('the privileges', () => {
  it('name every table that there is', async () => {
    const named = (await tablesThere()).map((table) => (table.startsWith('read.') ? READ_MODEL_TABLES : table));
    expect([...new Set(named)].toSorted()).toEqual(GRANTED_TABLES.toSorted());
  });

  it.each(GRANTED_SERVICES)('are all that %s may do, on every table', async (service) => {
    const wrong: string[] = [];
    for (const table of await tablesThere()) {
      const statements = await statementsOn(table);
      for (const kind of KINDS) {
        const isRefused = (await codeOf(service, statements[kind])) === FORBIDDEN;
        if (isRefused === may(service, table, kind)) wrong.push(`${kind} ${table}: ${isRefused ? 'refused' : 'done'}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('on columns are on these columns alone', async () => {
    const letters = 'bus.dead_letter';
    expect(await codeOf('saga', `select consumer_group, stream, entry_id from ${letters}`)).toBe('done');
    expect(await codeOf('saga', `select fields from ${letters}`)).toBe(FORBIDDEN);
    expect(await codeOf('audit', `update ${letters} set state = 'DISCARDED' where false`)).toBe(FORBIDDEN);
    expect(await codeOf('relay', `select error from ${letters}`)).toBe(FORBIDDEN);
  });

  it.each(DATABASE_SERVICES)('of %s are no more than a service’s', async (service) => {
    const [row] = await ask(
      service,
      `select rolsuper::text as super, rolcreaterole::text as roles, rolcreatedb::text as databases,
         rolreplication::text as replication, rolbypassrls::text as bypass from pg_roles where rolname = current_user`,
    );
    expect(new Set(Object.values(row ?? {}))).toEqual(new Set(['false']));
    expect(await codeOf(service, `select pg_read_file('/etc/passwd')`)).toBe(FORBIDDEN);
    expect(await codeOf(service, `copy (select 1) to program 'cat'`)).toBe(FORBIDDEN);
    expect(await codeOf(service, `alter system set fsync = off`)).not.toBe('done');
  });

  it.each(GRANTED_SERVICES)('let %s make no table, and take no other role', async (service) => {
    expect(await codeOf(service, 'create table public.mine ()')).toBe(FORBIDDEN);
    expect(await codeOf(service, 'create schema mine')).toBe(FORBIDDEN);
    expect(await codeOf(service, `set role "${PREFIX}_owner"`)).toBe(FORBIDDEN);
  });

  it('of the owner are not enough to change what happened', async () => {
    expect(await codeOf('owner', `delete from audit.event_store`)).toBe(FORBIDDEN);
  });

  it('are made once: again, nothing is touched', async () => {
    const before = await aclOf();
    await makeAll();
    expect(await aclOf()).toEqual(before);
    expect(new Set(before.map(({ owner }) => owner))).toEqual(new Set([`${PREFIX}_owner`]));
  });

  it('are put right when somebody has changed them', async () => {
    const right = (await aclOf()).map(({ acl }) => acl?.split(',').toSorted());
    await ask('administrator', `grant delete, truncate on audit.event_store to "${PREFIX}_audit"`);
    await ask('administrator', `grant update (data) on audit.event_store to "${PREFIX}_audit"`);
    await ask('administrator', `grant select on read.cart to "${PREFIX}_saga"`);
    await ask('administrator', `grant usage on schema read to "${PREFIX}_saga"`);
    await ask('administrator', `revoke insert on saga.stock from "${PREFIX}_saga"`);
    expect(await codeOf('saga', 'select * from read.cart')).toBe('done');
    await using owner = openDatabase({ url: urlOf('owner'), name: 'test', maxConnections: 1 });
    await migrate(owner.db);
    expect(await codeOf('saga', 'select * from read.cart')).toBe(FORBIDDEN);
    expect(await codeOf('audit', 'update audit.event_store set data = data')).toBe(FORBIDDEN);
    expect((await aclOf()).map(({ acl }) => acl?.split(',').toSorted())).toEqual(right);
  });
});

describe('a role that is there already', () => {
  it('and may do more than a service is refused in a sentence', async () => {
    const prefix = `${PREFIX}_more`;
    await ask('administrator', `create role ${prefix}_saga superuser`);
    try {
      await expect(makeRoles(database.url, { prefix, passwordOf: () => 'x' })).rejects.toThrow(
        `The role ${prefix}_saga may do more than a service: drop it, or choose other names with --prefix.`,
      );
    } finally {
      await ask('administrator', `drop role ${prefix}_saga`);
    }
  });

  it.each(['', 'Panier', 'a b', '1st', 'x'.repeat(42)])(
    'is never looked for under a prefix like %j',
    async (prefix) => {
      await expect(makeRoles(database.url, { prefix, passwordOf: () => 'x' })).rejects.toThrow('The prefix is');
    },
  );
});
