import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { guarded, ignored } from '../platform/index.ts';
import { guardServer } from './guard.ts';
import { identify, type ProcessIdentity } from './process-identity.ts';
import { ServersError } from './servers-error.ts';
import { type StopSignals, signalProcess, stopProcess } from './stop-process.ts';

export type ServerCommand = {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly logFile: string;
  readonly stopSignals: StopSignals;
  /** Written to the server's standard input. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly gid?: number;
};

/** A server that runs beside us, as a process of its own. */
export type ServerProcess = {
  readonly identity: ProcessIdentity;
  readonly exited: () => boolean;
  /** Resolves when it ends, whoever ends it. */
  readonly ended: Promise<void>;
  /** What it logged since it was started. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
  /** Does not wait: for those who have no time left. */
  readonly kill: () => void;
};

/** The server ended before it was ready; `log` is what it said. */
export class ServerExited extends ServersError {
  readonly log: string;

  constructor(name: string, log: string, logFile: string) {
    const lastLines = log.trim().split('\n').slice(-5).join('\n  ');
    super(`${name} did not start. Its log (${logFile}) ends with:\n  ${lastLines}`);
    this.log = log;
  }
}

const MAX_LOG_BYTES = 10_000_000;

const openLog = (path: string): { readonly descriptor: number; readonly offset: number } => {
  const descriptor = openSync(path, 'a', 0o600);
  const { size } = fstatSync(descriptor);
  if (size < MAX_LOG_BYTES) return { descriptor, offset: size };
  closeSync(descriptor);
  return { descriptor: openSync(path, 'w', 0o600), offset: 0 };
};

const launch = (command: ServerCommand, log: number): ChildProcess => {
  const { file, args, cwd, input, env, uid, gid } = command;
  const child = spawn(file, args, {
    cwd,
    // A process group of its own: the terminal's Ctrl-C is for us, and we stop it last.
    detached: true,
    stdio: [input === undefined ? 'ignore' : 'pipe', log, log],
    ...(env && { env }),
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
  });
  // A server that dies at once closes the pipe: its exit tells more than that.
  child.stdin?.on('error', ignored);
  child.stdin?.end(input);
  child.unref();
  return child;
};

/** @throws ServersError when the program cannot be run at all */
export const spawnServer = async (command: ServerCommand): Promise<ServerProcess> => {
  const { descriptor, offset } = openLog(command.logFile);
  const child = launch(command, descriptor);
  closeSync(descriptor);
  const started = child.pid === undefined ? undefined : identify(child.pid);
  const failure = await new Promise<Error | undefined>((resolve) => {
    child
      .once(
        'spawn',
        guarded(() => resolve(undefined), ignored),
      )
      .once('error', resolve);
  });
  if (failure || child.pid === undefined)
    throw new ServersError(`${command.name} cannot be run: ${failure?.message}`, { cause: failure });
  const identity = started ?? { pid: child.pid, startedAt: 'ended' };
  const guard = guardServer(child.pid, command.stopSignals);
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  child.once(
    'exit',
    guarded(() => {
      guard.standDown();
      end();
    }, ignored),
  );
  return {
    identity,
    ended,
    exited: () => child.exitCode !== null || child.signalCode !== null,
    log: () => readFileSync(command.logFile).subarray(offset).toString(),
    stop: () => stopProcess(identity, command.stopSignals),
    kill: () => signalProcess(identity, command.stopSignals[1] ?? 'SIGKILL'),
  };
};
