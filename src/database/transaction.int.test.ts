import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../harness/support/servers.ts';
import { GatheringSocket } from './gathering-socket.ts';
import { type Database, openDatabase } from './open.ts';
import { statement } from './statement.ts';
import { runTransaction } from './transaction.ts';

let opened: AsyncDisposableStack;
let database: Database;
let url: string;

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  ({ url } = opened.use(await testDatabase()));
  database = opened.use(openDatabase({ url, name: 'transaction test', maxConnections: 1 }));
  await database.pool.query('create table thing (id integer primary key, name text)');
});
afterAll(() => opened.disposeAsync());
beforeEach(() => database.pool.query('truncate thing'));

const insert = statement<{ id: number }>('insert into thing (id) values ($1) returning id');
const all = statement<{ id: number; name: string | null }>('select id, name from thing order by id');
const idsNow = async (): Promise<readonly number[]> => (await all(database.db)).map(({ id }) => id);

describe('a transaction', () => {
  it('keeps all of it, and answers in the order in which it was asked', async () => {
    const answers = await runTransaction(database.pool, (tx) =>
      Promise.all([insert(tx, [1]), all(tx), insert(tx, [2]), all(tx)]),
    );
    expect(answers.map((rows) => rows.map(({ id }) => id))).toEqual([[1], [1], [2], [1, 2]]);
    expect(await idsNow()).toEqual([1, 2]);
  });

  it('that fails keeps nothing, and leaves its only connection usable', async () => {
    const failing = runTransaction(database.pool, async (tx) => {
      await insert(tx, [1]);
      throw new Error('changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect(await idsNow()).toEqual([]);
  });

  it('of which a statement fails throws that error, also when others were sent behind it', async () => {
    const failing = runTransaction(database.pool, (tx) =>
      Promise.all([insert(tx, [1]), insert(tx, [1]), insert(tx, [2])]),
    );
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(await idsNow()).toEqual([]);
  });

  it('is committed with what was deferred, and without waiting for it', async () => {
    const asked: string[] = [];
    const answered = runTransaction(database.pool, async (tx, defer) => {
      defer(insert(tx, [1]).then(() => asked.push('written')));
      asked.push('done');
    });
    await answered;
    expect(asked).toEqual(['done', 'written']);
    expect(await idsNow()).toEqual([1]);
  });

  it('keeps nothing when something deferred fails, and says why', async () => {
    const failing = runTransaction(database.pool, async (tx, defer) => {
      await insert(tx, [1]);
      defer(insert(tx, [1]));
      defer(insert(tx, [2]));
    });
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(await idsNow()).toEqual([]);
  });

  it('says why also to who waits only for what comes behind something deferred that fails', async () => {
    const failing = runTransaction(database.pool, async (tx, defer) => {
      await insert(tx, [1]);
      defer(insert(tx, [1]));
      await all(tx);
    });
    await expect(failing).rejects.toMatchObject({ code: '23505' });
  });

  it('keeps nothing when something deferred cannot even be sent', async () => {
    const unsendable = {
      toPostgres: () => {
        throw new Error('cannot be written down');
      },
    };
    // Of its own: the driver takes the statement off the session then, and does not know that it did.
    await using other = openDatabase({ url, name: 'transaction test', maxConnections: 1 });
    const failing = runTransaction(other.pool, async (tx, defer) => {
      defer(insert(tx, [unsendable]));
      defer(insert(tx, [2]));
    });
    await expect(failing).rejects.toThrow('cannot be written down');
    expect(await idsNow()).toEqual([]);
  });

  it('does not pass for committed when a statement failed and nobody minded', async () => {
    const careless = runTransaction(database.pool, async (tx) => {
      await insert(tx, [1]);
      await insert(tx, [1]).catch(() => {});
    });
    await expect(careless).rejects.toThrow('undone');
    expect(await idsNow()).toEqual([]);
  });

  it('gives up a connection that ended under it, and the next one has another', async () => {
    const cut = runTransaction(database.pool, async (tx) => {
      await insert(tx, [1]);
      await statement('select pg_terminate_backend(pg_backend_pid())')(tx);
    });
    await expect(cut).rejects.toThrow(/terminat/i);
    expect(await idsNow()).toEqual([]);
  });
});

describe('a statement', () => {
  it('is prepared once a session, however often it runs', async () => {
    for (let run = 0; run < 5; run += 1) await idsNow();
    const prepared = await database.pool.query<{ runs: string }>(
      `select name, calls.generic_plans + calls.custom_plans as runs from pg_prepared_statements as calls
        where statement = 'select id, name from thing order by id'`,
    );
    expect(prepared.rowCount).toBe(1);
    expect(Number(prepared.rows[0]?.runs)).toBeGreaterThanOrEqual(5);
  });

  it('goes on when a later version of panier adds a column', async () => {
    await insert(database.db, [1]);
    await idsNow();
    await database.pool.query('alter table thing add column added integer');
    expect(await idsNow()).toEqual([1]);
  });

  it('goes on when its table gives place to another, as after a rebuild', async () => {
    await insert(database.db, [1]);
    await idsNow();
    await database.pool.query(
      `create table other (id integer primary key, name text); insert into other values (7, 'seven');
        drop table thing; alter table other rename to thing`,
    );
    expect(await idsNow()).toEqual([7]);
  });
});

describe('what is written to the database in one turn', () => {
  it('goes out together', async () => {
    const received: string[] = [];
    const both = Promise.withResolvers<void>();
    const hear = (socket: Socket): void =>
      void socket.on('data', (chunk) => {
        received.push(chunk.toString());
        if (received.join('').length === 4) both.resolve();
      });
    const server = createServer(hear).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const socket = new GatheringSocket();
    const { port } = server.address() as { port: number };
    await new Promise<void>((resolve) => void socket.connect(port, '127.0.0.1', resolve));
    socket.setNoDelay(true);
    for (const query of ['ab', 'cd']) {
      socket.cork();
      for (const part of query) socket.write(part);
      socket.uncork();
    }
    await both.promise;
    expect(received).toEqual(['abcd']);
    socket.destroy();
    server.close();
  });
});
