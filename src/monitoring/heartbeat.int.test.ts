import { createServer, type Server } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { type TestDatabase, testDatabase } from '../../harness/support/servers.ts';
import { type Db, makeRoles, migrate, openDatabase } from '../database/index.ts';
import { type Clock, openLogger, type Role, sleep, systemClock } from '../platform/index.ts';
import { startHeartbeat } from './index.ts';
import { runningProcesses } from './processes.ts';

const PREFIX = `beat_${process.pid}`;
const SERVICES = ['relay', 'saga', 'read'] as const;
/** Beats every few milliseconds. */
const QUICK: Clock = { nowMs: systemClock.nowMs, sleep: (_ms, signal) => sleep(20, signal) };

interface Beating {
  readonly roles?: readonly Role[];
  readonly clock?: Clock;
}

let opened: AsyncDisposableStack;
let database: TestDatabase;
let administrator: Db;
let dbs: Readonly<Record<(typeof SERVICES)[number], Db>>;

const openAs = (username: string, password: string): Db => {
  const url = Object.assign(new URL(database.url), { username, password }).href;
  return opened.use(openDatabase({ url, name: 'test', maxConnections: 2 })).db;
};

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  database = opened.use(await testDatabase({ template: 'template1' }));
  administrator = opened.use(openDatabase({ url: database.url, name: 'test', maxConnections: 2 })).db;
  await migrate(administrator);
  await makeRoles(database.url, { prefix: PREFIX, passwordOf: (service) => `secret-${service}` });
  const [relay, saga, read] = SERVICES.map((service) => openAs(`${PREFIX}_${service}`, `secret-${service}`));
  if (relay === undefined || saga === undefined || read === undefined) throw new Error('A role is missing.');
  dbs = { relay, saga, read };
});
afterAll(() => opened.disposeAsync());

const beatAs = (db: Db, instance: number, { roles = ['relay'], clock = QUICK }: Beating = {}): AsyncDisposable =>
  startHeartbeat({ db, instance, roles, clock, logger: openLogger('silent') });
const rowsThere = async () => (await sql`select from bus.process`.execute(administrator)).rows.length;
const running = () => runningProcesses(dbs.read);
const shown = async () => (await running()).map(({ instance, roles }) => `${instance} ${roles.join(',')}`);

/** As though nothing had been heard of the process for so long. */
const silence = (instance: number, seconds: number) =>
  sql`update bus.process set beat_at = now() - make_interval(secs => ${seconds}) where instance = ${instance}`.execute(
    administrator,
  );

describe('a process', () => {
  it('is there from its start until it stops, with its roles', async () => {
    const relay = beatAs(dbs.relay, 2, { roles: ['relay', 'audit'] });
    const saga = beatAs(dbs.saga, 1, { roles: ['saga'] });
    await eventually(async () => expect(await shown()).toEqual(['1 saga', '2 relay,audit']));
    const [first] = await running();
    expect(first).toMatchObject({ pid: process.pid, version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string });
    expect(Math.abs(Date.parse(first?.startedAt ?? '') - Date.now())).toBeLessThan(10_000);
    await saga[Symbol.asyncDispose]();
    expect(await shown()).toEqual(['2 relay,audit']);
    await relay[Symbol.asyncDispose]();
    expect(await shown()).toEqual([]);
  });

  it('that says nothing more is seen to be silent, and after fifteen seconds no more', async () => {
    await using _frozen = beatAs(dbs.relay, 3, { clock: systemClock });
    await eventually(async () => expect(await shown()).toEqual(['3 relay']));
    await silence(3, 14);
    expect((await running())[0]?.silentSeconds).toBeGreaterThan(13.9);
    await silence(3, 15.1);
    expect(await shown()).toEqual([]);
  });

  it('that was taken for dead is there again with its next heartbeat, since when it began', async () => {
    await using _slow = beatAs(dbs.relay, 4);
    await eventually(async () => expect(await shown()).toEqual(['4 relay']));
    const began = (await running())[0]?.startedAt ?? '';
    await sql`delete from bus.process`.execute(administrator);
    await eventually(async () => expect(await shown()).toEqual(['4 relay']));
    expect(Math.abs(Date.parse((await running())[0]?.startedAt ?? '') - Date.parse(began))).toBeLessThan(100);
  });

  it.each([
    { died: 'long ago', secondsAgo: 120 },
    { died: 'before the clock of the database was set back', secondsAgo: -120 },
  ])('forgets those of its own that died $died', async ({ secondsAgo }) => {
    await sql`insert into bus.process values (gen_random_uuid(), '', 8, '{relay}', 'h', 1, '0', now(), now())`.execute(
      dbs.relay,
    );
    await silence(8, secondsAgo);
    await using _new = beatAs(dbs.relay, 5, { clock: systemClock });
    await eventually(async () => expect(await rowsThere()).toBe(1));
  });
});

describe('a process of another service', () => {
  it('cannot be kept alive, silenced or removed, nor made in its name', async () => {
    await using _relay = beatAs(dbs.relay, 6, { clock: systemClock });
    await eventually(async () => expect(await shown()).toEqual(['6 relay']));
    const longer = sql`update bus.process set beat_at = now() + interval '1 year'`.execute(dbs.saga);
    await expect(longer).rejects.toThrow('written by somebody else');
    const gone = sql`delete from bus.process where beat_at < now() + interval '1 hour'`.execute(dbs.saga);
    await expect(gone).rejects.toThrow('written by somebody else');
    await sql`insert into bus.process values
      (gen_random_uuid(), ${`${PREFIX}_relay`}, 7, '{relay}', 'h', 1, '0', now(), now())`.execute(dbs.saga);
    const { rows } = await sql`select written_by from bus.process where instance = 7`.execute(administrator);
    expect(rows).toEqual([{ written_by: `${PREFIX}_saga` }]);
    await sql`delete from bus.process where instance = 7`.execute(administrator);
    expect(await shown()).toEqual(['6 relay']);
  });
});

const silentServer = async (): Promise<Server> => {
  const server = createServer();
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  return opened.adopt(server, (each) => void each.close());
};

describe('a database that does not answer', () => {
  it('holds up neither the start of a process nor its stop', async () => {
    const address = (await silentServer()).address();
    if (address === null || typeof address === 'string') throw new Error('It does not listen.');
    const unanswering = openDatabase({
      url: `postgres://x@127.0.0.1:${address.port}/x`,
      name: 'test',
      maxConnections: 1,
    });
    const began = performance.now();
    const beating = beatAs(unanswering.db, 1);
    await beating[Symbol.asyncDispose]();
    expect(performance.now() - began).toBeLessThan(1_500);
  });
});
