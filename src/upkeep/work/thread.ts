import { Worker } from 'node:worker_threads';
import type { Db } from '../../database/index.ts';
import { guarded, ignored, sleep } from '../../platform/index.ts';
import type { Outcome, UpkeepStep } from '../runs/run.ts';
import { STOP, type Told, type WorkSpec } from './spec.ts';
import { cancelStatements, terminateSessions } from './work-store.ts';

/** Work under way in a thread of its own: it folds for minutes, and whoever shares an event loop with it would wait. */
export interface Work {
  /** The newest steps. */
  readonly steps: () => readonly UpkeepStep[];
  /** Never rejects. */
  readonly ended: Promise<Outcome>;
  /** Ends it within three seconds, its statements included; resolves once it is gone. */
  readonly stop: () => Promise<void>;
}

const CANCELS = 3;
const PATIENCE_MS = 700;

const MAIN = new URL('./thread-main.ts', import.meta.url);

/** Asks the thread to end, and its sessions; takes both away when they do not. */
const stopThread = async (
  thread: Worker,
  gone: Promise<unknown>,
  { databases, name }: { readonly databases: readonly Db[]; readonly name: string },
) => {
  const each = (end: (db: Db, sessions: string) => Promise<void>) =>
    Promise.all(databases.map((db) => end(db, name).catch(ignored)));
  const over = new AbortController();
  const ending = gone.then(() => over.abort());
  thread.postMessage(STOP);
  for (let nth = 0; nth < CANCELS && !over.signal.aborted; nth += 1) {
    await each(cancelStatements);
    await sleep(PATIENCE_MS, over.signal);
  }
  if (!over.signal.aborted) await Promise.all([thread.terminate(), each(terminateSessions)]);
  await ending;
};

/** Begins the work. The databases are asked to end its statements, should it be stopped. */
export const startWork = (spec: WorkSpec, databases: readonly Db[]): Work => {
  const thread = new Worker(MAIN, { workerData: spec, name: 'panier upkeep' });
  const [ended, gone] = [Promise.withResolvers<Outcome>(), Promise.withResolvers<void>()];
  let steps: readonly UpkeepStep[] = [];
  let heardLast = steps;
  let isStopping = false;
  const fail = (reason: string): void => ended.resolve({ status: 'FAILED', reason });
  const heard = guarded((told: Told) => {
    if (told.type === 'Steps') heardLast = told.steps;
    else ended.resolve(told.outcome);
    // What is cut short finds nothing, or too much; what was through all the same has found it.
    if (!isStopping || (told.type === 'Ended' && told.outcome.status === 'COMPLETED')) steps = heardLast;
  }, ignored);
  thread.on('message', heard);
  const failed = guarded((error: Error) => fail(error.message), ignored);
  thread.on('error', failed);
  const left = guarded(() => {
    fail('It ended without a word.');
    gone.resolve();
  }, ignored);
  thread.on('exit', left);
  return {
    steps: () => steps,
    ended: ended.promise,
    stop: () => {
      isStopping = true;
      return stopThread(thread, gone.promise, { databases, name: `panier ${spec.name}` });
    },
  };
};
