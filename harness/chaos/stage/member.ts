import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { sleep } from '../../../src/platform/index.ts';
import { clockArguments } from './clock.ts';
import type { Proxy } from './proxy.ts';

export interface MemberOptions {
  readonly name: string;
  readonly roles: readonly string[];
  readonly project: string;
  readonly logFile: string;
  /** Read at each start: the servers move. */
  readonly environment: () => Readonly<Record<string, string>>;
  readonly links: {
    readonly postgres: Proxy;
    readonly redis: Proxy;
    /** To each server of PostgreSQL, in their order; the first is `postgres`. */
    readonly databases: readonly Proxy[];
  };
  /** How long it stays down after it ended, in milliseconds. */
  readonly respawnDelayMs: () => number;
  /** Where its GraphQL answers; null without a gateway. */
  readonly url: string | null;
}

/** The end of a process that had no time to say what it still had to say. */
export interface CutOff {
  readonly atMs: number;
  /** Its own clock may have been wrong. */
  readonly byItsClockMs: number;
}

const READY = 'panier is running';
const POLL_MS = 50;
const PATIENCE_MS = 90_000;
const STOP_PATIENCE_MS = 10_000;
/** Whoever takes longer to end ends itself, wherever it is. Source: src/cli/start.ts. */
const IN_ORDER_MS = 4_300;

/** One process of panier, started again whenever it ends. */
export class Member {
  readonly options: MemberOptions;
  /** Ends that nobody caused, after it had been running. */
  readonly crashes: string[] = [];
  /** When it was cut off, by others or by itself when it was asked to end: what it had not said then, nobody heard. */
  readonly cutOffs: CutOff[] = [];
  #child: ChildProcess | null = null;
  #isReady = false;
  #isEnding = false;
  #isMeantToDie = false;
  #isPaused = false;
  #skewMs = 0;
  /** That of the process which runs. */
  #runsWithSkewMs = 0;
  #askedToEndAtMs: number | null = null;
  /** Where in its log the process that runs begins to speak, in bytes. */
  #saysFrom = 0;

  constructor(options: MemberOptions) {
    this.options = options;
  }

  get name(): string {
    return this.options.name;
  }

  get isReady(): boolean {
    return this.#isReady && !this.#isPaused;
  }

  start(): void {
    const { project, roles, logFile, environment } = this.options;
    const log = openSync(logFile, 'a');
    this.#saysFrom = fstatSync(log).size;
    this.#runsWithSkewMs = this.#skewMs;
    const child = spawn(
      process.execPath,
      [...clockArguments(this.#skewMs), 'src/cli/start.ts', '--roles', roles.join(',')],
      {
        cwd: project,
        env: { ...process.env, ...environment() },
        stdio: ['ignore', 'pipe', log],
      },
    );
    closeSync(log);
    this.#child = child;
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.includes(READY)) this.#isReady = true;
    });
    child.once('exit', (code, signal) => void this.#ended(code, signal));
  }

  /** By how much its wall clock is wrong from its next start on. */
  setClock(skewMs: number): void {
    this.#skewMs = skewMs;
  }

  kill(): void {
    this.#isMeantToDie = true;
    this.#cutOffAt(Date.now());
    this.#child?.kill('SIGKILL');
  }

  /** Asks it to end, as an operator does who rolls out a new version. */
  terminate(): void {
    this.#isMeantToDie = true;
    this.#askToEnd();
  }

  pause(): void {
    this.#isPaused = true;
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#isPaused = false;
    this.#child?.kill('SIGCONT');
  }

  /** @throws when it does not in time */
  async untilEnded(): Promise<void> {
    await this.#until(() => !this.#isReady, 'does not end');
  }

  /** @throws when it does not run in time */
  async untilReady(): Promise<void> {
    await this.#until(() => this.#isReady, 'does not start');
  }

  /** Asks it to end, then ends it. It does not come back. */
  async stop(): Promise<void> {
    this.#isEnding = true;
    this.resume();
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    this.#askToEnd();
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
    await ended;
    clearTimeout(timer);
  }

  /** The lines of its log that hold the text. */
  logged(text: string): readonly string[] {
    return readFileSync(this.options.logFile, 'utf8')
      .split('\n')
      .filter((line) => line.includes(text));
  }

  /** For those who have no time left. */
  killForGood(): void {
    this.#isEnding = true;
    this.#child?.kill('SIGKILL');
  }

  async #until(isSo: () => boolean, otherwise: string): Promise<void> {
    const endsAt = performance.now() + PATIENCE_MS;
    while (!isSo()) {
      if (performance.now() > endsAt) throw new Error(`${this.name} ${otherwise}: ${this.#saidLast()}`);
      await sleep(POLL_MS);
    }
  }

  #cutOffAt(atMs: number): void {
    this.cutOffs.push({ atMs, byItsClockMs: atMs + this.#runsWithSkewMs });
  }

  #askToEnd(): void {
    this.#askedToEndAtMs = Date.now();
    this.#child?.kill('SIGTERM');
  }

  async #ended(code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    const endedAtMs = Date.now();
    if (this.#askedToEndAtMs !== null && endedAtMs - this.#askedToEndAtMs > IN_ORDER_MS) this.#cutOffAt(endedAtMs);
    // Whoever is asked to end says that all went well, or is ended by others.
    const isInOrder = this.#isMeantToDie && (this.#askedToEndAtMs === null || signal !== null || code === 0);
    this.#askedToEndAtMs = null;
    const wasReady = this.#isReady;
    this.#isReady = false;
    if (this.#isEnding) return;
    if (wasReady && !isInOrder) this.crashes.push(this.#lastWords(code, signal));
    this.#isMeantToDie = false;
    await sleep(this.options.respawnDelayMs());
    if (!this.#isEnding) this.start();
  }

  #lastWords(code: number | null, signal: NodeJS.Signals | null): string {
    return `${this.name} ended by itself (${signal ?? `code ${code}`}): ${this.#saidLast()}`;
  }

  #saidLast(): string {
    const lines = readFileSync(this.options.logFile).subarray(this.#saysFrom).toString().trim().split('\n');
    const last = (pattern: RegExp): string | undefined => lines.findLast((line) => pattern.test(line));
    const reason = last(/"level":"fatal"/) ?? last(/^\w*error: /i) ?? lines.at(-1) ?? '';
    return reason.slice(0, 1_500);
  }
}
