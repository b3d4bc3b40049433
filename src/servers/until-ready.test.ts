import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ignored } from '../platform/index.ts';
import { type ServerCommand, ServerExited, type ServerProcess } from './server-process.ts';
import { untilReady } from './until-ready.ts';

const MINUTE_MS = 60_000;

const COMMAND: ServerCommand = {
  name: 'PostgreSQL',
  file: '/usr/bin/postgres',
  args: [],
  cwd: '/',
  logFile: '/data/postgres.log',
  stopSignals: ['SIGINT'],
};

const serverSaying = (log: string, exited: () => boolean = () => false) => {
  const stop = vi.fn<ServerProcess['stop']>(async () => undefined);
  const ended = new Promise<void>(ignored);
  return { identity: { pid: 4711, startedAt: 'now' }, exited, ended, log: () => log, stop, kill: ignored };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a server that is not ready yet', () => {
  it('is waited for as long as it runs, which is said again and again', async () => {
    const server = serverSaying('LOG:  starting\nLOG:  redo in progress, elapsed time: 10.00 s\n');
    const said: string[] = [];
    let isThere = false;
    const ready = untilReady(server, COMMAND, { isReady: () => isThere, say: (line) => void said.push(line) });
    await vi.advanceTimersByTimeAsync(5 * MINUTE_MS);
    expect(server.stop).not.toHaveBeenCalled();
    expect(said).toHaveLength(20);
    expect(said[0]).toBe(
      'PostgreSQL is not ready after 15 s. It is waited for as long as it runs, in process 4711. ' +
        'Its log (/data/postgres.log) ends with: LOG:  redo in progress, elapsed time: 10.00 s',
    );
    isThere = true;
    await vi.advanceTimersByTimeAsync(10);
    await ready;
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(said).toHaveLength(20);
  });

  it('is told of also when it never answers whether it is', async () => {
    const said: string[] = [];
    const answer = Promise.withResolvers<boolean>();
    const ready = untilReady(serverSaying(''), COMMAND, {
      isReady: () => answer.promise,
      say: (line) => void said.push(line),
    });
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(said.at(-1)).toContain('not ready after 60 s');
    expect(said.at(-1)).toContain('It has said nothing yet.');
    answer.resolve(true);
    await ready;
  });

  it('is given up once it has ended', async () => {
    let hasEnded = false;
    const server = serverSaying('FATAL:  no space left', () => hasEnded);
    const outcome = untilReady(server, COMMAND, { isReady: () => false, say: ignored }).catch(
      (error: unknown) => error,
    );
    await vi.advanceTimersByTimeAsync(3 * MINUTE_MS);
    hasEnded = true;
    await vi.advanceTimersByTimeAsync(10);
    expect(await outcome).toBeInstanceOf(ServerExited);
  });
});
