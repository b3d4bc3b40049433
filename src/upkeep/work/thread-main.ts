import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { guarded, ignored } from '../../platform/index.ts';
import type { Outcome } from '../runs/run.ts';
import { STOP, type Told, type WorkSpec } from './spec.ts';
import { workOff } from './work-off.ts';

const tell = (told: Told): void => parentPort?.postMessage(told);

const firstLine = (error: unknown): string => {
  const said = error instanceof Error ? error.message : String(error);
  return said.split('\n', 1).join('').slice(0, 500) || 'It was refused without a word.';
};

const carryOut = async (signal: AbortSignal): Promise<Outcome> => {
  try {
    await workOff(workerData as WorkSpec, { signal, tell: (steps) => tell({ type: 'Steps', steps }) });
    return { status: 'COMPLETED' };
  } catch (error) {
    return signal.aborted ? { status: 'CANCELLED' } : { status: 'FAILED', reason: firstLine(error) };
  }
};

/**
 * Whoever serves comes first where processors are few. Not the lowest: at its end a replay holds the writer of the event store. On
 * Linux a priority is this thread's alone; elsewhere it would be the process's.
 */
const stepBack = (): void => {
  if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);
};

const stopping = new AbortController();
const heard = guarded((message: unknown) => {
  if (message === STOP) stopping.abort(new Error('It was stopped.'));
}, ignored);
parentPort?.on('message', heard);
stepBack();
tell({ type: 'Ended', outcome: await carryOut(stopping.signal) });
parentPort?.close();
