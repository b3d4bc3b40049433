import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { freePort, type ServerProcess, ServersError, startPostgres } from './index.ts';
import { makeRoomInWal } from './wal-room.ts';

const SEGMENTS = `
  select count(*)::int as all, max(name) as last, pg_walfile_name(pg_current_wal_lsn()) as current from pg_ls_waldir()`;
const TWO_SEGMENTS_FULL = `select pg_logical_emit_message(true, 'test', repeat('x', 1000000)) from generate_series(1, 34)`;

interface Segments {
  readonly all: number;
  readonly last: string;
  readonly current: string;
}

const numberOf = (segment: string): number => Number.parseInt(segment.slice(-8), 16);

const run = async <T>(directory: string, ask: (client: Client) => Promise<T>): Promise<T> => {
  const settings = { min_wal_size: '96MB', max_connections: '20', shared_buffers: '16MB' };
  const { url, process: postgres } = await startPostgres({ directory, settings });
  await using _ = { [Symbol.asyncDispose]: () => postgres.stop() };
  const client = new Client({ connectionString: url });
  await client.connect();
  await using _client = { [Symbol.asyncDispose]: () => client.end() };
  return await ask(client);
};

const segments = async (client: Client): Promise<Segments> => {
  const { rows } = await client.query<Segments>(SEGMENTS);
  const [found] = rows;
  if (found === undefined) throw new Error('There is no log.');
  return found;
};

describe('the log of an embedded PostgreSQL', () => {
  const directory = join(mkdtempSync(join(inject('runDirectory'), 'wal-')), 'postgres');

  it('has its segments before they are needed', async () => {
    await run(directory, async (client) => {
      const before = await segments(client);
      expect(before.all).toBe(6);
      expect(numberOf(before.last) - numberOf(before.current)).toBe(5);

      await client.query(TWO_SEGMENTS_FULL);
      const { all, last, current } = await segments(client);
      expect({ all, last }).toEqual({ all: 6, last: before.last });
      expect(numberOf(current) - numberOf(before.current)).toBe(2);
    });
  });

  it('is left as it is by the next start', async () => {
    const { current, all } = await run(directory, segments);
    const again = await run(directory, segments);
    expect(again).toMatchObject({ current, all });
  });

  it('is asked for in vain where nobody answers, and that is said', async () => {
    const asked = makeRoomInWal(`postgres://127.0.0.1:${await freePort()}/x`);
    await expect(asked).rejects.toThrow(ServersError);
    await expect(asked).rejects.toThrow(/could not make room for its log: .*ECONNREFUSED/);
  });

  it('that cannot be made leaves no server behind', async () => {
    const spawned: ServerProcess[] = [];
    const starting = startPostgres({
      directory: join(mkdtempSync(join(inject('runDirectory'), 'wal-')), 'postgres'),
      settings: { statement_timeout: '1ms', max_connections: '20', shared_buffers: '16MB' },
      onSpawn: (server) => void spawned.push(server),
    });
    await expect(starting).rejects.toThrow(/could not make room for its log: .*statement timeout/);
    await expect.poll(() => spawned.map((server) => server.exited())).toEqual([true]);
  });
});
