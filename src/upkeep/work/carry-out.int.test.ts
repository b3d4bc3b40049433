import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../harness/support/servers.ts';
import type { CommandContext } from '../../commands/index.ts';
import { type Database, migrate, openDatabase } from '../../database/index.ts';
import { systemClock } from '../../platform/index.ts';
import { openUpkeep, type Upkeep } from '../runs/open-upkeep.ts';
import type { Outcome, UpkeepStep } from '../runs/run.ts';
import { waitingStep } from '../runs/run.ts';
import { carryOut } from './carry-out.ts';
import type { Work } from './thread.ts';
import { takeRun } from './work-store.ts';

const ADA: CommandContext = { idempotencyKey: null, traceparent: null, reach: 'Everything', subject: 'Operator ada' };
const LIMITS = { leaseMs: 60_000, noteEveryMs: 10, beatEveryMs: 20 };
const SWAPPED: readonly UpkeepStep[] = [{ ...waitingStep('swap'), status: 'HELD', share: 1 }];

let opened: AsyncDisposableStack;
let database: Database;
let upkeep: Upkeep;

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  const { url } = opened.use(await testDatabase());
  database = opened.use(openDatabase({ url, name: 'carry out test', maxConnections: 4 }));
  await migrate(database.db);
  upkeep = openUpkeep({ commands: database, queries: database });
});
afterAll(() => opened.disposeAsync());

/** Work that goes on until it is stopped, and then has ended so. */
const endingAs = (outcome: Outcome): Work => {
  const ended = Promise.withResolvers<Outcome>();
  let steps: readonly UpkeepStep[] = [waitingStep('swap')];
  return {
    steps: () => steps,
    ended: ended.promise,
    stop: async () => {
      if (outcome.status === 'COMPLETED') steps = SWAPPED;
      ended.resolve(outcome);
    },
  };
};

const cancelled = async (outcome: Outcome) => {
  const started = await upkeep.startReplay({ dryRun: false }, ADA);
  const run = await takeRun(database.db, LIMITS.leaseMs);
  if (!started.ok || run === null) throw new Error('It could not be started.');
  await upkeep.cancel({ id: run.id }, ADA);
  const parts = { db: database.db, limits: LIMITS, clock: systemClock, announce: async () => undefined };
  await carryOut({ ...parts, begin: () => endingAs(outcome) }, run, new AbortController().signal);
  return upkeep.find(run.id);
};

describe('a run that is cancelled', () => {
  it('is told as cancelled, and what was under way is not done', async () => {
    const run = await cancelled({ status: 'CANCELLED' });
    expect(run).toMatchObject({
      status: 'CANCELLED',
      reason: 'Cancelled by Operator ada.',
      steps: [{ status: 'WAITING' }],
    });
  });

  it('too late, when the work was done, is told as completed: its read models are in place', async () => {
    expect(await cancelled({ status: 'COMPLETED' })).toMatchObject({
      status: 'COMPLETED',
      reason: null,
      steps: SWAPPED,
    });
  });
});
