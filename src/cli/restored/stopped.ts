import type { Db } from '../../database/index.ts';
import { type RunningProcess, runningProcesses } from '../../monitoring/index.ts';
import { sleep } from '../../platform/index.ts';
import { StartupError } from '../../startup/index.ts';

const POLL_MS = 500;

const named = (processes: readonly RunningProcess[]): string =>
  processes.map(({ host, pid, roles }) => `${host} ${pid} (${roles.join(', ')})`).join('; ');

/** A heartbeat that was restored with the rest only grows older; that of a process which runs is new again. */
const isAlive = (before: readonly RunningProcess[], now: RunningProcess): boolean =>
  before.every(({ id, silentSeconds }) => id !== now.id || now.silentSeconds < silentSeconds);

/** Waits until no process tells of itself any more, fifteen seconds at most. @throws {StartupError} naming those that do */
export const untilStopped = async (db: Db, say: (line: string) => void): Promise<void> => {
  let before = await runningProcesses(db);
  if (before.length > 0) say(`Waiting to hear whether these still run: ${named(before)} …`);
  while (before.length > 0) {
    await sleep(POLL_MS);
    const now = await runningProcesses(db);
    const alive = now.filter((process) => isAlive(before, process));
    if (alive.length > 0)
      throw new StartupError(`Processes of panier still run, and would fill Redis again: stop ${named(alive)} first.`);
    before = now;
  }
};
