import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Answered, Asked } from './answer.ts';

/** A process of the benchmark beside the one that steers it, so that its time is counted apart. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  /** @throws with the child's message when it fails, or when it ends */
  ask<Answer>(question: unknown): Promise<Answer>;
}

const BENCH = join(import.meta.dirname, '..');

const answersOf = (child: ChildProcess) => {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  child.on('message', ({ id, answer, problem }: Answered) => {
    if (problem === undefined) waiting.get(id)?.resolve(answer);
    else waiting.get(id)?.reject(new Error(problem));
    waiting.delete(id);
  });
  child.once('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`It ended (${signal ?? code}).`));
  });
  return waiting;
};

/** Starts a script of bench/ that calls `answerWith`. */
export const startChild = (script: string): Child => {
  const child = fork(join(BENCH, script), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const waiting = answersOf(child);
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  let asked = 0;
  return {
    pid: child.pid ?? 0,
    ask: <Answer>(question: unknown) => {
      asked += 1;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(asked, answer);
      child.send({ id: asked, question } satisfies Asked);
      return answer.promise as Promise<Answer>;
    },
    [Symbol.asyncDispose]: async () => {
      process.off('exit', kill);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
};
