import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../events/index.ts';
import { openLogger } from '../platform/index.ts';
import { assembleWrite } from './open-write.ts';
import { openSimulatedProvider } from './payment/simulated-provider.ts';
import type { ClaimedTask } from './tasks/task-store.ts';
import { type WriteAtWork, writeAtWork, writerOf } from './write.fixture.ts';
import { postgresWriteStore } from './write-store.ts';

let atWork: WriteAtWork;
beforeAll(async () => {
  atWork = await writeAtWork();
});
afterAll(() => atWork[Symbol.asyncDispose]());

/** A write side that looks for tasks without a pause, and whose one expiry hangs until `hung` ends. */
const openHanging = () => {
  const due: ClaimedTask[] = [
    { kind: 'expire', orderId: newId('Order'), earlierAttempts: 0, isJustWritten: false, payload: {} },
  ];
  const [begun, hung] = [Promise.withResolvers<void>(), Promise.withResolvers<never>()];
  const looked = { outside: 0 };
  const write = assembleWrite({
    store: {
      ...postgresWriteStore(atWork.database),
      loadAggregates: () => {
        begun.resolve();
        return hung.promise;
      },
      claimDueTasks: async ({ kinds }) => {
        if (kinds.includes('expire')) return due.splice(0);
        looked.outside += 1;
        return [];
      },
      postponeTask: async () => {},
    },
    openProvider: (tell) => openSimulatedProvider({ db: atWork.database.db, tell }),
    writer: writerOf(4),
    logger: openLogger('silent'),
    clock: { nowMs: () => Date.now(), sleep: () => nextTurn() },
    onCommit: () => {},
    stockOf: async () => null,
  });
  return { write, begun, hung, looked };
};

it('a write side that is to stop takes no more charges at once, also while an expiry holds up its end', async () => {
  const { write, begun, hung, looked } = openHanging();
  const tasks = write.startTasks({ backoffMs: 1, chargeGraceMs: 0 });
  await begun.promise;
  const stopped = tasks[Symbol.asyncDispose]();
  const before = looked.outside;
  for (let turns = 0; turns < 20; turns += 1) await nextTurn();
  hung.reject(new Error('The database is away.'));
  await stopped;
  expect(looked.outside).toBe(before);
});
