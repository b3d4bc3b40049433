import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRedis, freePort } from '../../../src/servers/index.ts';

export const MASTER = 'panier-redis';

export interface Watched {
  readonly directory: string;
  /** Of the server that is master at first. */
  readonly masterPort: number;
  /** Of all servers, for the user `default`. */
  readonly password: string;
  /** Of the Sentinels themselves. */
  readonly sentinelPassword: string;
  /** How many have to agree that the master is down. */
  readonly quorum: number;
  readonly downAfterMs: number;
  /** Where it listens, and how it speaks with others; in plain text unless given. */
  readonly listening?: (port: number) => readonly string[];
}

const configuration = (port: number, watched: Watched): string =>
  [
    'bind 127.0.0.1',
    ...(watched.listening?.(port) ?? [`port ${port}`]),
    `requirepass ${watched.sentinelPassword}`,
    `sentinel sentinel-pass ${watched.sentinelPassword}`,
    `sentinel monitor ${MASTER} 127.0.0.1 ${watched.masterPort} ${watched.quorum}`,
    `sentinel auth-pass ${MASTER} ${watched.password}`,
    `sentinel down-after-milliseconds ${MASTER} ${watched.downAfterMs}`,
    `sentinel failover-timeout ${MASTER} 10000`,
    `sentinel parallel-syncs ${MASTER} 2`,
    '',
  ].join('\n');

/** A Sentinel on loopback; its configuration and its log are in a folder of its own. */
export class SentinelProcess implements AsyncDisposable {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(port: number, child: ChildProcess) {
    this.port = port;
    this.#child = child;
  }

  static async start(watched: Watched): Promise<SentinelProcess> {
    const port = await freePort();
    const directory = join(watched.directory, `sentinel-${port}`);
    mkdirSync(directory, { recursive: true });
    const file = join(directory, 'sentinel.conf');
    writeFileSync(file, configuration(port, watched), { mode: 0o600 });
    const log = openSync(join(directory, 'sentinel.log'), 'a');
    const child = spawn(await findRedis(() => {}), [file, '--sentinel'], {
      cwd: directory,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    process.once('exit', () => void child.kill('SIGKILL'));
    return new SentinelProcess(port, child);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
