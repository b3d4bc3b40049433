import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../harness/support/servers.ts';
import type { CommandContext } from '../../commands/index.ts';
import { type Database, migrate, openDatabase } from '../../database/index.ts';
import { openUpkeep, type Upkeep } from '../runs/open-upkeep.ts';
import { waitingStep } from '../runs/run.ts';
import { endRun, noteRun, takeRun } from './work-store.ts';

const ADA: CommandContext = { idempotencyKey: null, traceparent: null, reach: 'Everything', subject: 'Operator ada' };
const LEASE_MS = 60_000;
const LOST = 'The process that carried it out is gone: start it again.';

let opened: AsyncDisposableStack;
let database: Database;
let upkeep: Upkeep;

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  const { url } = opened.use(await testDatabase());
  database = opened.use(openDatabase({ url, name: 'upkeep test', maxConnections: 4 }));
  await migrate(database.db);
  upkeep = openUpkeep({ commands: database, queries: database });
});
afterAll(() => opened.disposeAsync());
afterEach(async () => void (await sql`delete from upkeep.run`.execute(database.db)));

const start = async (): Promise<string> => {
  const started = await upkeep.startReplay({ dryRun: true }, ADA);
  if (!started.ok) throw new Error(started.error.message);
  return started.value.id;
};

const runLeaseOut = () => sql`update upkeep.run set lease_until = now() - interval '1 second'`.execute(database.db);
const note = (id: string) => noteRun(database.db, id, { leaseMs: LEASE_MS, steps: [waitingStep('events')] });

describe('a run that waits', () => {
  it('is taken by one process of several, once', async () => {
    const id = await start();
    const taken = await Promise.all([1, 2, 3, 4].map(() => takeRun(database.db, LEASE_MS)));
    expect(taken.filter((run) => run !== null)).toMatchObject([{ id, status: 'RUNNING' }]);
    expect(await takeRun(database.db, LEASE_MS)).toBeNull();
  });

  it('is one of any number that are started at once', async () => {
    const started = await Promise.all([1, 2, 3, 4, 5].map(() => upkeep.startReplay({ dryRun: true }, ADA)));
    expect(started.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('is the same for one key, however many ask at once', async () => {
    const keyed = { ...ADA, idempotencyKey: 'once' };
    const started = await Promise.all([1, 2, 3, 4, 5].map(() => upkeep.startReplay({ dryRun: true }, keyed)));
    expect(new Set(started.map((each) => (each.ok ? each.value.id : each.error.code))).size).toBe(1);
  });
});

describe('a run whose lease is over', () => {
  it('is lost: whoever carried it out has nothing more to say, and another may be started', async () => {
    const id = await start();
    await takeRun(database.db, LEASE_MS);
    expect(await note(id)).toBe('Goes on');
    await runLeaseOut();
    expect(await note(id)).toBe('Lost');
    await endRun(database.db, id, { outcome: { status: 'COMPLETED' }, steps: [] });
    expect(await upkeep.find(id)).toMatchObject({ status: 'FAILED', reason: LOST });
    const next = await start();
    expect(await upkeep.last(10)).toMatchObject([
      { id: next, status: 'WAITING' },
      { id, status: 'FAILED', steps: [{ name: 'events' }] },
    ]);
  });

  it('is noted as lost by the next process that looks', async () => {
    await start();
    await takeRun(database.db, LEASE_MS);
    await runLeaseOut();
    expect(await takeRun(database.db, LEASE_MS)).toBeNull();
    const { rows } = await sql`select status, ended_at = lease_until as in_time from upkeep.run`.execute(database.db);
    expect(rows).toEqual([{ status: 'FAILED', in_time: true }]);
  });
});

describe('a run that is cancelled', () => {
  it('tells whoever carries it out, who says how it ended; what was under way is not done', async () => {
    const id = await start();
    await takeRun(database.db, LEASE_MS);
    await upkeep.cancel({ id }, ADA);
    expect(await upkeep.find(id)).toMatchObject({ status: 'RUNNING' });
    expect(await note(id)).toBe('Cancelled');
    const steps = [{ ...waitingStep('events'), status: 'RUNNING' } as const];
    await endRun(database.db, id, { outcome: { status: 'CANCELLED' }, steps });
    expect(await upkeep.find(id)).toMatchObject({
      status: 'CANCELLED',
      reason: 'Cancelled by Operator ada.',
      steps: [{ name: 'events', status: 'WAITING' }],
    });
  });
});
