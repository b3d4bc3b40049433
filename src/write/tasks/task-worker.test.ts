import { describe, expect, it } from 'vitest';
import { newId } from '../../events/index.ts';
import { openLogger, sleep, systemClock } from '../../platform/index.ts';
import type { AppendOutcome, AppendRequest, Task } from '../journal/append-request.ts';
import { claimingAtWriting } from './claim-at-writing.ts';
import type { ClaimedTask, TaskResult } from './task-store.ts';
import { TaskWorker } from './task-worker.ts';

const LEASE_MS = 1_234;
const APPENDED: AppendOutcome = { type: 'Appended', occurredAt: '2026-01-02T03:04:05.678Z' };

const taskFor = (due: Task['due'], kind = 'charge'): Task => ({
  kind,
  orderId: newId('Order'),
  due,
  payload: { a: 1 },
});
const requestWith = (...schedule: readonly Task[]): AppendRequest => ({
  heads: [],
  entries: [],
  idempotency: null,
  schedule,
  unschedule: [],
  methods: { keep: [], forget: [] },
});

/** A worker whose tasks last until they are let go; what was written, run and given back. */
const openWorker = (append: (request: AppendRequest) => Promise<AppendOutcome> = async () => APPENDED) => {
  const [written, ran, givenBack]: [AppendRequest[], ClaimedTask[], string[]] = [[], [], []];
  const letGo = Promise.withResolvers<void>();
  const run = async (task: ClaimedTask): Promise<TaskResult> => {
    ran.push(task);
    await letGo.promise;
    return 'Done';
  };
  const worker = new TaskWorker({
    store: {
      leaseMs: LEASE_MS,
      claimDueTasks: async () => [],
      postponeTask: async ({ orderId }, delayMs) => void givenBack.push(`${orderId} ${delayMs}`),
    },
    logger: openLogger('silent'),
    clock: systemClock,
    kinds: ['charge'],
    backoffMs: 1,
    run,
  });
  const journal = {
    append: (request: AppendRequest) => {
      written.push(request);
      return append(request);
    },
  };
  const appendClaiming = claimingAtWriting({ journal, leaseMs: LEASE_MS, worker: () => worker });
  const stop = (): Promise<void> => {
    letGo.resolve();
    return worker[Symbol.asyncDispose]();
  };
  return { append: appendClaiming, written, ran, givenBack, stop };
};

describe('a task for now', () => {
  it('is written down as taken on, and done by whoever wrote it, beside those for later', async () => {
    const { append, written, ran, stop } = openWorker();
    const [now, later] = [taskFor({ afterMs: 0 }), taskFor({ at: '2030-01-01T00:00:00.000Z' }, 'expire')];
    expect(await append(requestWith(now, later))).toBe(APPENDED);
    expect(written.flatMap(({ schedule }) => schedule)).toEqual([{ ...now, due: { takenForMs: LEASE_MS } }, later]);
    expect(ran).toMatchObject([{ orderId: now.orderId, kind: 'charge', payload: { a: 1 }, earlierAttempts: 0 }]);
    await stop();
  });

  it('of a request that is refused is not done', async () => {
    const { append, ran, givenBack, stop } = openWorker(async () => ({ type: 'Overtaken' }));
    await append(requestWith(taskFor({ afterMs: 0 })));
    expect([ran, givenBack]).toEqual([[], []]);
    await stop();
  });

  it('of which nobody knows whether it stands is given back', async () => {
    const { append, ran, givenBack, stop } = openWorker(() => Promise.reject(new Error('The database is away.')));
    const task = taskFor({ afterMs: 0 });
    await expect(append(requestWith(task))).rejects.toThrow('away');
    expect([ran, givenBack]).toEqual([[], [`${task.orderId} 0`]]);
    await stop();
  });

  it('is left to whoever looks for it where there is no room for more', async () => {
    const { append, written, ran, stop } = openWorker();
    const requests = Array.from({ length: 70 }, () => requestWith(taskFor({ afterMs: 0 })));
    await Promise.all(requests.map((request) => append(request)));
    const taken = written.flatMap(({ schedule }) => schedule).filter(({ due }) => 'takenForMs' in due);
    expect([taken.length, ran.length]).toEqual([64, 64]);
    await stop();
  });

  it('is left to the worker of its kind', async () => {
    const { append, written, ran, stop } = openWorker();
    const task = taskFor({ afterMs: 0 }, 'expire');
    await append(requestWith(task));
    expect([written[0]?.schedule, ran]).toEqual([[task], []]);
    await stop();
  });

  it('is left to others, or given back, once the worker is to stop', async () => {
    const begun = Promise.withResolvers<void>();
    const { append, written, ran, givenBack, stop } = openWorker(async () => {
      await begun.promise;
      return APPENDED;
    });
    const task = taskFor({ afterMs: 0 });
    const appended = append(requestWith(task));
    const stopped = stop();
    begun.resolve();
    await appended;
    await stopped;
    await sleep(1);
    expect([ran, givenBack]).toEqual([[], [`${task.orderId} 0`]]);
    await append(requestWith(task));
    expect(written.at(-1)?.schedule).toEqual([task]);
  });
});

describe('a task that is put off', () => {
  it('comes again within a minute, however often it was put off before', async () => {
    const [pauses, left]: [number[], ClaimedTask[]] = [
      [],
      Array.from({ length: 200 }, (_, earlierAttempts) => ({
        kind: 'charge',
        orderId: newId('Order'),
        earlierAttempts,
        isJustWritten: false,
        payload: {},
      })),
    ];
    await using _ = new TaskWorker({
      store: {
        leaseMs: LEASE_MS,
        claimDueTasks: async ({ limit }) => left.splice(0, limit),
        postponeTask: async (_task, delayMs) => void pauses.push(delayMs),
      },
      logger: openLogger('silent'),
      clock: systemClock,
      kinds: ['charge'],
      backoffMs: 60_000,
      run: async () => 'Later',
    });
    await expect.poll(() => pauses.length).toBe(200);
    expect(Math.max(...pauses)).toBeGreaterThan(25_000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(50_000);
  });
});
